"""La planilla de importación: una fila por archivo hallado, con lo que se propone hacer y lo que no calza.

Mira todos los archivos a la vez: dos con el mismo código, el PDF firmado de un Word, la versión que otra
reemplaza. Propone y explica; decide la persona que llena la planilla.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from sgc_gt.dominio import reconocido as rec
from sgc_gt.dominio.cargos_leidos import cargo_leido
from sgc_gt.dominio.fechas import imprimir_fecha, sumar_meses
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.lectura_versiones import misma_version
from sgc_gt.dominio.reconocido import Hallazgo, Reconocido
from sgc_gt.dominio.servicio import Servicio, Tipo
from sgc_gt.dominio.textos import una_linea

IMPORTAR, EVIDENCIA, OMITIR = "importar", "evidencia", "omitir"
DECISIONES = (IMPORTAR, EVIDENCIA, OMITIR)
VIGENTE, OBSOLETO, NO_IMPORTAR = "vigente", "obsoleto", "no importar"
"""Lo que una fila sería; un papel dice además de qué documento es evidencia."""

ARCHIVO = "archivo"
"""El tipo de lo que no es un documento de Word del servicio."""

_PAPELES = {"elabora": "elaboro", "revisa": "reviso", "aprueba": "aprobo"}
_POR_OMISION = {
    "revisa": "representante_direccion",
    "aprueba": "jefe_servicio",
    "elabora": "control_documental",
}


class Archivo(NamedTuple):
    """Un archivo de la carpeta: su ruta desde donde se buscó y lo que dice de sí."""

    ruta: str
    leido: Reconocido


class Marco(NamedTuple):
    """Con qué se compara lo hallado: el servicio, lo que declaró al comenzar y lo que ya tiene."""

    servicio: Servicio
    declarados: Mapping[str, Mapping[str, object]] = {}
    existentes: Mapping[str, Ficha] = {}
    hoy: date = date.max


class Fila(NamedTuple):
    """Una fila de la planilla: la decisión, el documento que sería y los problemas que trae."""

    archivo: str
    sha256: str = ""
    decision: str = OMITIR
    estado: str = ""  # lo que sería: «vigente», «obsoleto», «evidencia de…», «no importar»
    codigo: str = ""
    version: str = ""
    titulo: str = ""
    tipo: str = ""
    area: str = ""
    aprobado: date | None = None
    vigente_desde: date | None = None
    proxima_revision: date | None = None
    elabora: str = ""
    revisa: tuple[str, ...] = ()
    aprueba: str = ""
    responsable: str = ""
    respaldo: tuple[str, ...] = ()
    resolucion: str = ""
    problemas: tuple[str, ...] = ()
    anterior: str = ""  # el código que el documento trae, aunque se le dé otro
    elaboro: str = ""
    reviso: str = ""
    aprobo: str = ""
    familia: str = ""

    def con(self, *problemas: str) -> Fila:
        """La fila con más problemas, sin repetir."""
        return self._replace(problemas=tuple(dict.fromkeys((*self.problemas, *problemas))))

    def omitida(self, problema: str) -> Fila:
        """La fila que se propone no importar, con la razón."""
        return self.con(problema)._replace(decision=OMITIR, estado=NO_IMPORTAR)


def fila_de(archivo: Archivo, marco: Marco) -> Fila:
    """Lo que el archivo por sí solo propone."""
    leido, servicio = archivo.leido, marco.servicio
    codigo = _primero(leido.codigo)
    declarado = marco.declarados.get(codigo, {})
    tipo = tipo_para(servicio, leido.clase, codigo)
    aprobado, vigente = _fecha(leido.fecha_aprobacion), _fecha(leido.vigente_desde)
    desde = vigente or aprobado
    fila = Fila(
        archivo=archivo.ruta,
        sha256=leido.sha256,
        decision=IMPORTAR,
        codigo=codigo,
        version=servicio.formato.leer(_primero(leido.version)),
        titulo=_titulo(servicio, leido, declarado),
        tipo=tipo.id if tipo else "",
        area=area_de(servicio, codigo, archivo.ruta),
        aprobado=aprobado,
        vigente_desde=desde,
        proxima_revision=sumar_meses(desde, tipo.revision_meses) if desde and tipo else None,
        anterior=codigo,
        elaboro=una_linea(_primero(leido.elaboro)),
        reviso=una_linea(_primero(leido.reviso)),
        aprobo=una_linea(_primero(leido.aprobo)),
        familia=leido.familia,
    )
    fila = _con_cargos(fila, servicio, declarado)
    fila = fila.con(*leido.problemas, *_problemas(fila, leido, marco, declarado))
    ilegible = bool(leido.problemas) and leido.clase == rec.DOCX
    return fila if codigo and not ilegible else fila._replace(decision=OMITIR, estado=NO_IMPORTAR)


def tipo_para(servicio: Servicio, clase: str, codigo: str) -> Tipo | None:
    """El tipo de un documento de Word según el prefijo de su código; lo demás es un archivo controlado."""
    partes = servicio.mascara.leer(codigo)
    prefijo = partes.tipo if partes else ""
    if clase in (rec.DOCX, rec.TEXTO):
        de_word = (t for t in servicio.tipos.values() if t.clase == "documento")
        hallado = next((t for t in de_word if t.prefijo == prefijo), None)
        if hallado:
            return hallado
    return next((t for t in servicio.tipos.values() if t.clase == ARCHIVO), None)


def area_de(servicio: Servicio, codigo: str, ruta: str) -> str:
    """El área que dice el código; si no, la carpeta que se llama como una."""
    partes = servicio.mascara.leer(codigo)
    if partes and partes.area in servicio.areas:
        return partes.area
    nombres = {una_linea(nombre).casefold(): area for area, nombre in servicio.areas.items()}
    nombres |= {area.casefold(): area for area in servicio.areas}
    carpetas = reversed(PurePosixPath(ruta).parts[:-1])
    return next((nombres[c.casefold()] for c in carpetas if c.casefold() in nombres), "")


def _primero(hallazgos: Sequence[Hallazgo]) -> str:
    return hallazgos[0].valor if hallazgos else ""


def _fecha(hallazgos: Sequence[Hallazgo]) -> date | None:
    return date.fromisoformat(hallazgos[0].valor) if hallazgos else None


def _titulo(servicio: Servicio, leido: Reconocido, declarado: Mapping[str, object]) -> str:
    """El que el documento dice (no el nombre del servicio); si solo lo dice el archivo, el declarado."""
    ajenos = {una_linea(n).casefold() for n in (servicio.nombre, servicio.sigla, servicio.ministerio)}
    dicho = next((h for h in leido.titulo if una_linea(h.valor).casefold() not in ajenos), None)
    if dicho and (dicho.fuente != rec.NOMBRE or not declarado):
        return una_linea(dicho.valor)
    return una_linea(str(declarado.get("titulo", "")) or (dicho.valor if dicho else ""))


def _con_cargos(fila: Fila, servicio: Servicio, declarado: Mapping[str, object]) -> Fila:
    """El cargo de cada papel: el que el documento nombra, el declarado al comenzar o el de costumbre."""
    hallados = {}
    for papel, dicho in _PAPELES.items():
        propio = cargo_leido(servicio, getattr(fila, dicho))
        de_lista = next((c for c in _cargos(declarado.get(papel)) if servicio.con_rol(c)), "")
        costumbre = servicio.con_rol(_POR_OMISION[papel])
        hallados[papel] = propio or de_lista or (costumbre[0] if costumbre else "")
    return fila._replace(
        elabora=hallados["elabora"],
        revisa=(hallados["revisa"],) if hallados["revisa"] else (),
        aprueba=hallados["aprueba"],
        responsable=hallados["elabora"],
    )


def _cargos(valor: object) -> list[str]:
    return [c.strip() for c in str(valor or "").split(",") if c.strip()]


def _problemas(fila: Fila, leido: Reconocido, marco: Marco, declarado: Mapping[str, object]) -> Iterable[str]:
    servicio = marco.servicio
    yield from _no_coinciden("código", leido.codigo, lambda a, b: a == b)
    yield from _no_coinciden("versión", leido.version, misma_version)
    if leido.rastros:
        yield f"el nombre trae rastros de copia: {', '.join(f'«{r}»' for r in leido.rastros)}"
    if not fila.codigo:
        yield "no se reconoce ningún código: escríbalo si el documento se importa"
        return
    partes, tipo = servicio.mascara.leer(fila.codigo), servicio.tipos.get(fila.tipo)
    if partes is None:
        yield f"«{fila.codigo}» no sigue la forma {servicio.mascara.texto}: déjelo así o escriba el nuevo"
    elif tipo and tipo.prefijo != partes.tipo and leido.clase == rec.DOCX:
        yield f"no hay un tipo con el prefijo {partes.tipo}: entra como «{tipo.nombre}»"
    if not fila.area:
        yield "no se sabe de qué área es"
    if not fila.version:
        dicha = _primero(leido.version)
        yield f"la versión «{dicha}» no es como las del servicio" if dicha else "no dice su versión"
    if not fila.titulo:
        yield "no dice su título"
    yield from _fechas(fila, leido, marco.hoy)
    dicha = servicio.formato.leer(str(declarado.get("version", "")))
    if dicha and fila.version and dicha != fila.version:
        yield f"el documento dice versión {fila.version} y la lista inicial del servicio, {dicha}"


def _fechas(fila: Fila, leido: Reconocido, hoy: date) -> Iterable[str]:
    if fila.vigente_desde is None:
        yield "no dice desde cuándo rige ni cuándo se aprobó"
        return
    dichas = (*leido.vigente_desde[:1], *leido.fecha_aprobacion[:1])
    for dicha in dichas:
        if not dicha.exacto:
            yield f"«{dicha.escrito or dicha.valor}» no dice el día: se propone el primero del mes"
    if fila.vigente_desde > hoy:
        yield f"regiría desde el {imprimir_fecha(fila.vigente_desde)}, que todavía no llega"
    if fila.aprobado and fila.aprobado > fila.vigente_desde:
        yield (
            f"regiría desde el {imprimir_fecha(fila.vigente_desde)}, antes de aprobarse "
            f"({imprimir_fecha(fila.aprobado)})"
        )


def _no_coinciden(que: str, hallazgos: Sequence[Hallazgo], iguales: object) -> Iterable[str]:
    """Lo que una fuente dice y otra contradice: cada fuente habla una vez."""
    if not callable(iguales) or not hallazgos:
        return
    primero, dichas = hallazgos[0], {hallazgos[0].fuente}
    for otro in hallazgos[1:]:
        if otro.fuente in dichas:
            continue
        dichas.add(otro.fuente)
        if not iguales(primero.valor, otro.valor):
            yield (
                f"{que}: {rec.FUENTES[primero.fuente]} dice {primero.escrito or primero.valor} y "
                f"{rec.FUENTES[otro.fuente]} dice {otro.escrito or otro.valor}"
            )
