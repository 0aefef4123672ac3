"""A person's own certificates."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from curriculum.certificates.models import Award
from curriculum.certificates.permissions import can_download
from curriculum.certificates.queries.own import own_page
from portal.permissions import is_signed_in, only_for


@never_cache
@require_safe
@only_for(is_signed_in)
def show_mine(request: HttpRequest) -> HttpResponse:
    """For everybody, of themselves: what one has earned, and what is missing."""
    return render(request, "certificates/mine.html", {"page": own_page(request.user)})


@never_cache
@require_safe
@only_for(is_signed_in)
def download(request: HttpRequest, award_id: int) -> FileResponse:
    """For the person whose it is, and for coordinators."""
    award = get_object_or_404(Award, pk=award_id)
    if not (can_download(request.user, award) and award.pdf):
        raise Http404
    try:
        file = award.pdf.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    name = f"certificate-{slugify(award.facts['person_name'])[:60]}-{award.number}.pdf"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")
