"""Lo que solo se ve mirando todos los archivos juntos: repetidos, versiones anteriores, respaldos."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePosixPath

from sgc_gt.dominio import reconocido as rec
from sgc_gt.dominio.cargos_leidos import cargo_leido
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.importacion import (
    EVIDENCIA,
    IMPORTAR,
    OBSOLETO,
    VIGENTE,
    Archivo,
    Fila,
    Marco,
    fila_de,
)
from sgc_gt.dominio.importado import llego_de
from sgc_gt.dominio.reconocido import Reconocido

_RESOLUCION = re.compile(
    r"(?<![^\W_])res(?:oluci[oó]n)?[\s_.-]*(?:ex(?:enta)?)?[\s_.-]*(?:n[°ºro]*)?[\s_.-]*(\d{1,5})(?!\d)", re.I
)
_PAPELES = frozenset({rec.PDF, rec.IMAGEN})
"""Lo que puede ser el respaldo firmado de un documento."""


def proponer(archivos: Sequence[Archivo], marco: Marco) -> tuple[Fila, ...]:
    """Una fila por archivo, en el orden dado. Los mismos archivos dan la misma propuesta."""
    obra = _Obra(archivos, marco)
    for paso in (
        _registros,
        _identicos,
        _borradores,
        _resoluciones,
        _firmados,
        _anexos,
        _repetidos,
        _versiones,
        _ya_presentes,
        _cargos_de_area,
    ):
        paso(obra)
    return tuple(obra.filas[a.ruta] for a in archivos)


class _Obra:
    """Las filas mientras se cruzan, por su ruta."""

    def __init__(self, archivos: Sequence[Archivo], marco: Marco) -> None:
        self.marco = marco
        self.leidos: dict[str, Reconocido] = {a.ruta: a.leido for a in archivos}
        self.filas: dict[str, Fila] = {a.ruta: fila_de(a, marco) for a in archivos}
        self.copias: set[str] = set()  # idénticos a otro: no cuentan para nada más

    def importables(self) -> list[Fila]:
        """Las que por ahora se importarían."""
        return [f for f in self.filas.values() if f.decision == IMPORTAR]

    def poner(self, fila: Fila) -> None:
        self.filas[fila.archivo] = fila

    def merito(self, fila: Fila) -> tuple[int, bool, float, str]:
        """El mejor de varios parecidos: el de Word, sin rastros de copia y más reciente va primero."""
        leido = self.leidos[fila.archivo]
        reciente = leido.modificado or date.min
        return (len(leido.rastros), leido.clase != rec.DOCX, -reciente.toordinal(), fila.archivo)

    def grupos(self, filas: Iterable[Fila], *campos: str) -> list[list[Fila]]:
        """Las filas que coinciden en esos campos, de a dos o más, la mejor primero."""
        juntas: dict[tuple[object, ...], list[Fila]] = {}
        for fila in filas:
            juntas.setdefault(tuple(getattr(fila, c) for c in campos), []).append(fila)
        return [sorted(g, key=self.merito) for g in juntas.values() if len(g) > 1]


def _registros(obra: _Obra) -> None:
    for fila in obra.importables():
        serie = obra.marco.servicio.series.get(fila.codigo)
        if serie and not serie.documento:
            razon = f"{fila.codigo} es una serie de registros («{serie.nombre}»)"
            obra.poner(fila.omitida(f"{razon}: archívelo con sgc-gt registrar"))


def _identicos(obra: _Obra) -> None:
    for primero, *otros in obra.grupos(obra.filas.values(), "sha256"):
        for otro in otros:
            obra.copias.add(otro.archivo)
            obra.poner(otro.omitida(f"idéntico a «{primero.archivo}»"))


def _borradores(obra: _Obra) -> None:
    for fila in obra.importables():
        if "borrador" in obra.leidos[fila.archivo].clases_de_rastro:
            obra.poner(fila.omitida("su nombre dice que es un borrador"))


def _resoluciones(obra: _Obra) -> None:
    """Una resolución respalda a los documentos que nombra, en su nombre o en su texto."""
    for fila in list(obra.filas.values()):
        leido = obra.leidos[fila.archivo]
        numero = _RESOLUCION.search(PurePosixPath(fila.archivo).name)
        if numero is None or leido.clase not in _PAPELES or fila.archivo in obra.copias:
            continue
        nombra = _nombrados(obra, f"{fila.archivo}\n{leido.texto}")
        for documento in nombra:
            obra.poner(
                obra.filas[documento.archivo]._replace(
                    respaldo=(*documento.respaldo, fila.archivo),
                    resolucion=documento.resolucion or numero[1],
                    aprobado=documento.aprobado or fila.aprobado,
                    vigente_desde=documento.vigente_desde or fila.aprobado,
                )
            )
        obra.poner(_como_evidencia(fila, nombra))


def _nombrados(obra: _Obra, texto: str) -> list[Fila]:
    """Los documentos de Word cuyo código aparece en el texto: de cada código, su versión más nueva."""
    ultimas: dict[str, Fila] = {}
    orden = obra.marco.servicio.formato.orden
    for fila in obra.importables():
        if obra.leidos[fila.archivo].clase in _PAPELES or fila.codigo.casefold() not in texto.casefold():
            continue
        previa = ultimas.get(fila.codigo)
        if previa is None or orden(fila.version or "0") > orden(previa.version or "0"):
            ultimas[fila.codigo] = fila
    return list(ultimas.values())


def _como_evidencia(fila: Fila, respalda: Sequence[Fila]) -> Fila:
    """La fila de un papel: no es un documento y no lleva sus datos."""
    papel = Fila(archivo=fila.archivo, sha256=fila.sha256, decision=EVIDENCIA)
    if not respalda:
        return papel.omitida("no se sabe qué documento respalda: nómbrelo en «Respaldo» de su fila")
    de = ", ".join(f"{f.codigo} {f.version}".strip() for f in respalda)
    return papel._replace(estado=f"evidencia de {de}", codigo=respalda[0].codigo, version=respalda[0].version)


def _firmados(obra: _Obra) -> None:
    """El PDF del mismo código y versión que un Word, o de su mismo nombre, es su ejemplar firmado."""
    for fila in list(obra.filas.values()):
        leido = obra.leidos[fila.archivo]
        if leido.clase not in _PAPELES or fila.decision == EVIDENCIA or fila.archivo in obra.copias:
            continue
        documento = _su_word(obra, fila)
        if documento:
            obra.poner(documento._replace(respaldo=(*documento.respaldo, fila.archivo)))
            obra.poner(_como_evidencia(fila, [documento]).con(*leido.problemas))


def _su_word(obra: _Obra, papel: Fila) -> Fila | None:
    nombre = PurePosixPath(papel.archivo).stem.casefold()
    de_word = [f for f in obra.importables() if obra.leidos[f.archivo].clase not in _PAPELES]
    iguales = [f for f in de_word if PurePosixPath(f.archivo).stem.casefold() == nombre]
    if papel.codigo and not iguales:
        del_codigo = [f for f in de_word if f.codigo == papel.codigo]
        iguales = [f for f in del_codigo if papel.version in ("", f.version)]
        orden = obra.marco.servicio.formato.orden
        iguales.sort(key=lambda f: orden(f.version or "0"), reverse=True)
    return iguales[0] if iguales else None


def _anexos(obra: _Obra) -> None:
    """Una planilla o un diagrama con el código de un Word es su anexo, no otra versión suya."""
    de_word = {f.codigo for f in obra.importables() if obra.leidos[f.archivo].clase == rec.DOCX}
    for fila in obra.importables():
        if fila.codigo in de_word and obra.leidos[fila.archivo].clase not in (rec.DOCX, *_PAPELES):
            obra.poner(
                fila.omitida(f"{fila.codigo} es un documento de Word: si este se controla, dele un código")
            )


def _cargos_de_area(obra: _Obra) -> None:
    """Quien elabora, si el documento no lo dice: el que más elabora en su área; si nadie, se avisa."""
    comun: dict[str, Counter[str]] = {}
    propios = {f.archivo for f in obra.importables() if cargo_leido(obra.marco.servicio, f.elaboro)}
    for fila in obra.importables():
        if fila.archivo in propios:
            comun.setdefault(fila.area, Counter())[fila.elabora] += 1
    for fila in obra.importables():
        if fila.archivo in propios or fila.codigo in obra.marco.declarados:
            continue
        if fila.area in comun:
            cargo = comun[fila.area].most_common(1)[0][0]
            obra.poner(fila._replace(elabora=cargo, responsable=cargo))
        else:
            obra.poner(fila.con("no dice quién lo elabora"))


def _repetidos(obra: _Obra) -> None:
    """Dos archivos distintos que dicen ser la misma versión: se propone uno y se dice en ambos."""
    con_version = [f for f in obra.importables() if f.version]
    for primero, *otros in obra.grupos(con_version, "codigo", "version"):
        nombre = f"{primero.codigo} {primero.version}"
        obra.poner(
            primero.con(*(f"«{o.archivo}» también dice ser {nombre}: confirme cuál rige" for o in otros))
        )
        for otro in otros:
            obra.poner(otro.omitida(f"«{primero.archivo}» también dice ser {nombre}: confirme cuál rige"))


def _versiones(obra: _Obra) -> None:
    """De cada código, la última rige y las demás son historia; sus fechas deben avanzar con ellas."""
    orden = obra.marco.servicio.formato.orden
    por_codigo: dict[str, list[Fila]] = {}
    for fila in obra.importables():
        por_codigo.setdefault(fila.codigo, []).append(fila)
    for filas in por_codigo.values():
        sin_version = len(filas) > 1 and any(not f.version for f in filas)
        filas.sort(key=lambda f: (orden(f.version or "0"), f.archivo))
        previa: date | None = None
        for fila in filas:
            nueva = fila._replace(estado=VIGENTE if fila is filas[-1] else OBSOLETO)
            if sin_version and not fila.version:
                nueva = nueva.con(
                    f"hay {len(filas)} archivos de {fila.codigo}: sin versión no se sabe cuál rige"
                )
            if previa and fila.vigente_desde and fila.vigente_desde < previa:
                nueva = nueva.con(
                    f"regiría desde el {imprimir_fecha(fila.vigente_desde)}, antes que la versión anterior "
                    f"({imprimir_fecha(previa)})"
                )
            previa = fila.vigente_desde or previa
            obra.poner(nueva)


def _ya_presentes(obra: _Obra) -> None:
    for fila in obra.importables():
        ficha = obra.marco.existentes.get(fila.codigo)
        if ficha is None:
            continue
        if any(llego_de(m, fila.sha256) for m in ficha.actos):
            obra.poner(fila.omitida("ya está importado"))
        elif any(m.acto != "importar" for m in ficha.actos):
            obra.poner(fila.omitida(f"{fila.codigo} ya se lleva en el sistema"))
