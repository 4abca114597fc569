"""Los respaldos ficticios del año: PDF de una página, siempre los mismos bytes para el mismo texto."""

from __future__ import annotations

from sgc_gt.ordenes.pedido import Adjunto


def pdf(nombre: str, *lineas: str) -> Adjunto:
    """Un PDF de una página con esas líneas, y al pie que es ficticio."""
    renglones = [*lineas, "", "Documento ficticio: sirve solo para la demostración."]
    texto = "BT /F1 11 Tf 72 760 Td 16 TL " + " ".join(f"({_plano(r)}) Tj T*" for r in renglones) + " ET"
    flujo = texto.encode("latin-1", "replace")
    objetos = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (es-CL) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(flujo), flujo),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    cuerpo = bytearray(b"%PDF-1.4\n")
    posiciones = []
    for n, objeto in enumerate(objetos, 1):
        posiciones.append(len(cuerpo))
        cuerpo += b"%d 0 obj\n%s\nendobj\n" % (n, objeto)
    indice = len(cuerpo)
    cuerpo += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objetos) + 1)
    cuerpo += b"".join(b"%010d 00000 n \n" % p for p in posiciones)
    cuerpo += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objetos) + 1, indice)
    return Adjunto(nombre, bytes(cuerpo))


def _plano(texto: str) -> str:
    return texto.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
