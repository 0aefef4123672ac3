"""Seconds for a certificate's PDF, and whether memory stays flat.

    python benchmarks/certificates.py [COUNT]

Prints ours (the press: one font configuration and parsed sheet for all) against a peer in the same
run, on the same sheets: WeasyPrint with a fresh font configuration for each PDF. Then one line of
JSON. Linux only, since it reads the memory of processes from /proc.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

NAMES = {"ours": "ours", "peer": "a fresh font configuration for each PDF"}
PEER = """
import json, sys
from datetime import datetime
from pathlib import Path
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
stylesheet = Path(sys.argv[1])
def take():
    head = sys.stdin.buffer.read(8)
    return head and json.loads(sys.stdin.buffer.read(int.from_bytes(head, "big")))
while request := take():
    fonts = FontConfiguration()
    made = datetime.fromisoformat(request["made_at"])
    pdf = HTML(string=request["html"]).write_pdf(
        stylesheets=[CSS(filename=stylesheet, font_config=fonts)],
        font_config=fonts,
        pdf_variant="pdf/a-3a",
        attachments=[
            Attachment(string=a["text"], name=a["name"], created=made, modified=made)
            for a in request["attachments"]
        ],
    )
    reply = b"+" + pdf
    sys.stdout.buffer.write(len(reply).to_bytes(8, "big") + reply)
    sys.stdout.buffer.flush()
"""


def make_award(number: int):
    from curriculum.certificates.models import Award

    sentence = "Leads a change in small steps, says what would show that it works, and checks it."
    code = f"2026-{number:04d}-9QTX-H4VB"
    facts = {
        "version": 1,
        "language": "en",
        "programme_name": "Digital, both ways",
        "programme_starts_on": "2026-01-10",
        "programme_ends_on": "2026-12-10",
        "organisation_name": "Harbour & Vale",
        "accent": "",
        "signatory_name": "Ingrid Solheim-Ødegård",
        "signatory_title": "Chief People Officer",
        "logo": "",
        "signature": "",
        "number": code,
        "verify_url": f"https://mentoring.example.org/verify/3kqx9fwm2k7rtzb7dypx{number:06d}",
        "short_url": f"https://mentoring.example.org/verify/{code}",
        "issued_on": "2026-10-14",
        "person_name": f"Zuzana Křížová {number}",
        "role": "mentee",
        "role_label": "mentee",
        "partners": [{"name": "Łukasz Wiśniewski", "role": "mentor"}],
        "sessions_held": 6,
        "minutes": 360,
        "hours": 6.0,
        "first_held_on": "2026-03-03",
        "last_held_on": "2026-10-02",
        "skills": [
            {"skill": f"Skill {n}", "level": 3, "sentence": sentence, "as": "mentee"}
            for n in range(3)
        ],
    }
    return Award(number=code, token=f"{number:026d}", facts=facts, rule={})


def memory_of(process: "subprocess.Popen[bytes] | None") -> float:
    """Resident memory in MB."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]) if process else 0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(worker: Path, count: int) -> dict[str, float]:
    """Median seconds a PDF after the first five, and MB after a quarter and at the end."""
    from curriculum.certificates.printing.press import Press
    from curriculum.certificates.services.printing import lay_out

    seconds, memory = [], []
    with Press(worker=worker) as press:
        for number in range(count):
            started = time.perf_counter()
            press.print(lay_out(make_award(number)))
            seconds.append(time.perf_counter() - started)
            memory.append(memory_of(press._process))
    return {
        "seconds": round(median(seconds[5:]), 4),
        "mb_early": round(memory[count // 4], 1),
        "mb_late": round(memory[-1], 1),
    }


def main() -> None:
    import django

    django.setup()
    from curriculum.certificates.printing.press import WORKER

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    peer_file = ROOT / "var" / "benchmark-peer.py"
    peer_file.parent.mkdir(exist_ok=True)
    peer_file.write_text(PEER)
    told = {}
    try:
        for name, worker in (("ours", WORKER), ("peer", peer_file)):
            one = told[name] = measure(worker, count)
            print(
                f"{NAMES[name]}: {one['seconds']:.3f} s a PDF; {one['mb_early']:.0f} MB"
                f" after {count // 4}, {one['mb_late']:.0f} after {count}",
                flush=True,
            )
    finally:
        peer_file.unlink()
    ratio = round(told["peer"]["seconds"] / told["ours"]["seconds"], 2)
    print(json.dumps({"pdfs": count, **told, "ratio": ratio}))


if __name__ == "__main__":
    main()
