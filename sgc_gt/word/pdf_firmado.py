"""Un PDF firmado: sus firmas, con pyHanko, y su texto, con pypdf.

pyHanko es optativo (extra `[firma]`) y se carga solo si el archivo trae una firma. Se comprueba que los bytes
son los que se firmaron y de qué certificado; la cadena hasta una raíz no se comprueba, porque nadie dijo en
qué raíces confía, y no se sale a la red.
"""

from __future__ import annotations

import io
import logging
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sgc_gt.dominio.pdf_firmado import FirmaPdf, Leido, Pagina
from sgc_gt.dominio.textos import admisible, una_linea
from sgc_gt.word.nombres import leer_xml, q
from sgc_gt.word.paquete import documento
from sgc_gt.word.puerta import abrir
from sgc_gt.word.texto import texto_de_nodos
from sgc_gt.word.zonas import partes_con_zonas, ubicar

if TYPE_CHECKING:
    from asn1crypto.x509 import Name
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

MAXIMO = 50 * 1024 * 1024
"""Un PDF más grande se guarda sin leerlo por dentro."""

_MARCA = b"/ByteRange"
_SIN_NOMBRE = "(sin nombre)"


def hay_con_que() -> bool:
    """Si en este equipo se pueden comprobar firmas de PDF."""
    return find_spec("pyhanko") is not None


def leer_pdf(contenido: bytes) -> Leido:
    """Las firmas y el texto de un PDF. Lo que no se pudo leer se dice en `problema`, y no es un rechazo."""
    if len(contenido) > MAXIMO:
        return Leido((), (), "es demasiado grande para leerlo")
    firmas: tuple[FirmaPdf, ...] | None = ()
    if _MARCA in contenido:
        firmas = _firmas(contenido) if hay_con_que() else None
    renglones, problema = _renglones(contenido)
    return Leido(firmas, renglones, problema)


def _renglones(contenido: bytes) -> tuple[tuple[str, ...], str]:
    from pypdf import PdfReader  # noqa: PLC0415  (solo quien adjunta un PDF)
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # sus avisos son sobre el PDF, no para la persona
    try:
        lector = PdfReader(io.BytesIO(contenido))
        paginas = [pagina.extract_text() for pagina in lector.pages]
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError):
        return (), "no se pudo leer"
    return tuple(r for texto in paginas for r in texto.splitlines() if r.strip()), ""


def _firmas(contenido: bytes) -> tuple[FirmaPdf, ...]:
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415  (un segundo que solo paga quien trae firma)
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    for nombre in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(nombre).setLevel(logging.CRITICAL)
    try:
        lector = PdfFileReader(io.BytesIO(contenido), strict=False)
        return tuple(_leer_firma(firma) for firma in lector.embedded_regular_signatures)
    except (PdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as falla:
        return (FirmaPdf("(no se pudo leer)", "", resumen=type(falla).__name__),)


def _leer_firma(firma: EmbeddedPdfSignature) -> FirmaPdf:
    """Lo que pyHanko comprueba de una firma; lo que no pudo leer se da por no íntegro."""
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.errors import (  # noqa: PLC0415
        SignatureValidationError,
        ValidationInfoReadingError,
    )
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    cert = firma.signer_cert
    quien, emisor = _nombre(cert.subject), _nombre(cert.issuer)
    sin_raices = ValidationContext(trust_roots=[], allow_fetching=False)
    try:
        estado = validate_pdf_signature(firma, sin_raices)
    except (SignatureValidationError, ValidationInfoReadingError, ValueError, LookupError, TypeError):
        return FirmaPdf(quien, emisor)
    posterior = ""
    if estado.modification_level == ModificationLevel.OTHER:
        posterior = "cambia_el_contenido"
    elif estado.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        posterior = "permitido" if estado.docmdp_ok is not False else "cambia_el_contenido"
    sello = estado.timestamp_validity
    sellada = bool(sello and sello.intact and sello.valid)
    fecha = sello.timestamp if sello and sellada else estado.signer_reported_dt
    return FirmaPdf(
        quien,
        emisor,
        fecha.isoformat(timespec="seconds") if fecha else "",
        sellada,
        bool(estado.intact and estado.valid),
        estado.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        posterior,
        str(estado.md_algorithm or ""),
    )


def _nombre(nombre: Name) -> str:
    """El nombre común de un certificado; su texto viene de fuera y se muestra limpio."""
    dicho = nombre.native
    elegido = dicho.get("common_name") or dicho.get("organization_name") or nombre.human_friendly
    if isinstance(elegido, list):
        elegido = ", ".join(map(str, elegido))
    return una_linea(admisible(str(elegido)))[:120] or _SIN_NOMBRE


def pagina_de(docx: bytes, nombre: str) -> Pagina:
    """Lo que el documento pone en la página además de su cuerpo."""
    partes = abrir(docx, nombre)
    principal = documento(partes)
    margenes: list[str] = []
    zonas: list[str] = []
    for parte in partes_con_zonas(partes):
        raiz = leer_xml(partes[parte], parte)
        if parte != principal:
            margenes += (texto_de_nodos([p]) for p in raiz.iter(q("w:p")))
        for lugar in ubicar(raiz):
            tabla = lugar.tabla()
            zonas.append(lugar.texto())
            zonas += (texto_de_nodos([p]) for p in (() if tabla is None else tabla.iter(q("w:p"))))
    return Pagina(tuple(margenes), tuple(zonas))
