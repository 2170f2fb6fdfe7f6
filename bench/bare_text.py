"""PDFium's bare text extraction of files by one process: what reading is measured against."""

import sys

import pypdfium2 as pdfium


def main(paths: list[str]) -> None:
    """Take the text of every page and throw it away; a file that is no PDF is passed over."""
    letters = 0
    for path in paths:
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError:
            continue
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            letters += len(text_page.get_text_range())
            text_page.close()
            page.close()
        document.close()
    print(letters)


if __name__ == "__main__":
    main(sys.argv[1:])
