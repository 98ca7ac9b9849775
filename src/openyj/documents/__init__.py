"""Text that holds figures: reading it, filling it in, freezing it, and writing it as HTML, Word and PDF.

tree = read(text)                          # one small tree, whatever it will be written as
filled = fill(tree, figures)               # every figure worked out from one reading or one snapshot
to_docx(filled, cover), to_pdf(filled, cover), to_html(filled, cover)
"""
