"""How much an editor may do with text, by place."""

#: The text of a module.
PROSE = ["h2", "h3", "bold", "italic", "link", "document-link", "ol", "ul", "code", "blockquote"]
#: Text inside a block: no headings.
SMALL_PROSE = ["bold", "italic", "link", "ol", "ul", "code"]
#: One line.
LINE = ["bold", "italic", "link", "code"]
