"""Lo que se pudo comprobar de un PDF que respalda un movimiento, y cómo se dice.

Es una nota: lo que este programa leyó del archivo al anotarlo. El archivo queda guardado con su resumen, y
cualquiera puede comprobarlo otra vez con otro programa. Nunca se dice de un certificado más que lo mirado:
que la firma corresponde a los bytes y a ese certificado, no que el certificado sea de confianza.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sgc_gt.dominio.textos import admisible, una_linea

NOTA = "pdf"
"""Con esta clave un movimiento anota lo comprobado de sus PDF, por archivo."""

IGUAL, DISTINTO, OTRO, IMAGEN, ILEGIBLE, SIN_MIRAR = (
    "igual",
    "distinto",
    "otro",
    "imagen",
    "ilegible",
    "sin_mirar",
)
TEXTOS = {
    IGUAL: "su texto es el del documento",
    DISTINTO: "su texto no es el del documento",
    OTRO: "es otro documento, no una copia de este",
    IMAGEN: "no tiene texto que comparar (es una imagen)",
    ILEGIBLE: "no se pudo leer",
    SIN_MIRAR: "",
}
NO_COMPROBADA = "no_comprobada"
LARGO, CUANTAS = 120, 5


class FirmaPdf(NamedTuple):
    """Una firma electrónica puesta en un PDF."""

    quien: str  # el sujeto del certificado
    emisor: str
    fecha: str = ""  # RFC 3339; la que dice quien firmó, o la del sello de tiempo
    sellada: bool = False  # la fecha es de un sello de tiempo
    integra: bool = False  # los bytes que cubre son los que se firmaron
    cubre_todo: bool = False  # no se agregó nada al archivo después
    posterior: str = ""  # lo agregado después: «», «permitido» o «cambia_el_contenido»
    resumen: str = ""  # sha256…

    @property
    def rota(self) -> bool:
        """Si algo cambió en lo que se firmó."""
        return not self.integra or self.posterior == "cambia_el_contenido"


class Cotejo(NamedTuple):
    """El texto de un PDF frente al del documento que dice ser."""

    estado: str
    faltan: tuple[str, ...] = ()  # lo que el documento dice y el PDF no
    sobran: tuple[str, ...] = ()  # lo que el PDF dice y el documento no
    sellos: tuple[str, ...] = ()  # renglones que agregó quien firma: «Firmado digitalmente por…»


class Pagina(NamedTuple):
    """Lo que un documento pone en la página además de su cuerpo."""

    margenes: tuple[str, ...]  # encabezados y pies, párrafo por párrafo
    zonas: tuple[str, ...]  # lo que el sistema escribe: versión, fechas, estado, cuadro de firmas


class Leido(NamedTuple):
    """Lo leído de un PDF: sus firmas (None: no se pudieron comprobar) y sus renglones."""

    firmas: tuple[FirmaPdf, ...] | None
    renglones: tuple[str, ...] = ()
    problema: str = ""


def nota(archivo: str, leido: Leido, cotejo: Cotejo) -> dict[str, Any]:
    """Lo que el movimiento anota de un PDF."""
    firmas: Any = NO_COMPROBADA if leido.firmas is None else [_firma(f) for f in leido.firmas]
    valor: dict[str, Any] = {"archivo": archivo, "firmas": firmas, "texto": cotejo.estado}
    for clave in ("faltan", "sobran", "sellos"):
        trozos = getattr(cotejo, clave)
        if trozos:
            # Vienen de dentro de un archivo: pueden traer lo que no se puede guardar.
            valor[clave] = [una_linea(admisible(t))[:LARGO].rstrip() for t in trozos[:CUANTAS]]
    return valor


def _firma(f: FirmaPdf) -> dict[str, Any]:
    return {clave: v for clave, v in f._asdict().items() if v not in ("",)}


def oraciones(extra: Mapping[str, Any]) -> Iterator[str]:
    """Lo anotado de cada PDF, en oraciones para la pantalla."""
    for n in extra.get(NOTA, ()):
        yield f"{n['archivo']}: {'; '.join(t for t in _partes(n) if t)}."


def _partes(n: Mapping[str, Any]) -> Iterator[str]:
    firmas = n["firmas"]
    if firmas == NO_COMPROBADA:
        yield "trae una firma electrónica que no se comprobó (falta instalar sgc-gt[firma])"
    elif not firmas:
        yield "no trae firma electrónica"
    else:
        yield from map(_de_firma, firmas)
        yield "la cadena de certificados no se comprobó"
    yield TEXTOS[n["texto"]]
    yield _lista("falta", n.get("faltan", ()))
    yield _lista("agrega", n.get("sobran", ()))


def _de_firma(f: Mapping[str, Any]) -> str:
    cuando = f.get("fecha", "")[:10]
    fecha = (
        f" el {cuando}{' (sello de tiempo)' if f.get('sellada') else ' (según quien firmó)'}"
        if cuando
        else ""
    )
    alcance = "" if f.get("cubre_todo") else "; no cubre el archivo completo"
    return f"firmado por {f['quien']}, certificado de {f['emisor']},{fecha} e íntegro{alcance}".replace(
        ",,", ","
    )


def _lista(verbo: str, trozos: Iterable[str]) -> str:
    dichos = [f"«{t}»" for t in trozos]
    return f"{verbo} {', '.join(dichos)}" if dichos else ""
