"""Lo que se exige al final de la cadena: etiquetas, evidencias, carpeta, una sola vigente, códigos únicos.

Las dos últimas ya las impiden las guardas. Se miran igual, sobre los archivos y las fichas como quedaron: es
lo que un auditor pregunta, y así no hay que creerle a la guarda.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sgc_gt.consultas.repeticion import etiquetas_de
from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas, vida
from sgc_gt.dominio.actos import PONEN_EN_VIGENCIA
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.mensaje import leer_mensaje
from sgc_gt.dominio.situacion import situacion
from sgc_gt.repositorio.contenidos import Contenido
from sgc_gt.repositorio.repositorio import Repositorio
from sgc_gt.repositorio.valores import Ajeno

CARPETA = {
    "modificado": "el archivo de la carpeta no es el registrado: alguien lo cambió",
    "falta": "el archivo no está en la carpeta; la historia lo conserva",
    "enlace": "en lugar del archivo hay un acceso a otra parte: lo que muestra puede cambiar sin que se note",
    "ilegible": "el archivo no se puede leer: otro programa lo tiene abierto, o falta permiso",
}
EVIDENCIA = {
    "falta": "falta: el archivo de la evidencia no está en su carpeta",
    "alterado": "alterado: el archivo de la evidencia no es el que se registró",
    "enlace": "en lugar del archivo de la evidencia hay un acceso a otra parte",
    "ilegible": "el archivo de la evidencia no se puede leer: está abierto en otro programa, o falta permiso",
}
NADIE = "ningún movimiento puso aquí este archivo"
REPONE = "sgc-gt verificar --regenerar la repone"
NACEN = ("crear", "registrar")
"""Los actos con que un código empieza: solo pueden ser el primero de su ficha."""


class Hallazgo(NamedTuple):
    """Algo que no es como los actos dicen."""

    regla: str
    lugar: str  # movimiento o archivo
    mensaje: str


def etiquetas(repo: Repositorio, esperadas: Mapping[str, bytes]) -> Iterator[Hallazgo]:
    """Cada emisión tiene la suya, byte a byte, y no hay otras."""
    presentes = repo.etiquetas()
    for nombre, datos in esperadas.items():
        if nombre not in presentes:
            yield Hallazgo(
                "etiquetas", nombre, f"falta la etiqueta de esta emisión: alguien la borró; {REPONE}"
            )
            continue
        oid, tipo = presentes[nombre]
        if tipo != "tag":
            yield Hallazgo(
                "etiquetas",
                nombre,
                "la etiqueta de esta emisión no es la que puso el sistema: alguien puso otra con su nombre, "
                f"que no dice quién emitió ni qué archivo; {REPONE}",
            )
        elif repo.leer_objeto(oid)[1] != datos:
            yield Hallazgo(
                "etiquetas",
                nombre,
                f"la etiqueta no es la de esta emisión: alguien la movió o la cambió; {REPONE}",
            )
    for nombre in sorted(set(presentes) - set(esperadas)):
        yield Hallazgo(
            "etiquetas",
            nombre,
            "ninguna emisión explica esta etiqueta: alguien la puso, o falta el final de la historia",
        )


def etiquetas_hasta(repo: Repositorio, ultimo: str) -> dict[str, bytes]:
    """Las etiquetas de los movimientos hasta ese, que se dan por revisados; salen de sus fichas."""
    esperadas: dict[str, bytes] = {}
    for commit in repo.bitacora():
        indice = leer_mensaje(commit.mensaje, commit.oid[:12])
        if indice.acto in PONEN_EN_VIGENCIA:
            vista = Vista(repo, commit.oid)
            esperadas.update(etiquetas_de(commit, [vista.ficha(codigo) for codigo in indice.documentos]))
        if commit.oid == ultimo:
            break
    return esperadas


def evidencias(repo: Repositorio, vista: Vista) -> Iterator[Hallazgo]:
    """Cada evidencia está y es la que su movimiento nombra; la que se dispuso o se sustrajo, no está."""
    for ruta, contenido in evidencias_de(vista):
        causa = repo.revisar_contenido(contenido)
        if causa:
            yield Hallazgo("evidencia", ruta, EVIDENCIA[causa])
    for ruta, contenido, razon in retiradas_de(vista):
        if repo.revisar_contenido(contenido) != "falta":
            yield Hallazgo("evidencia", ruta, f"sigue en su carpeta, y debía dejar de estar: {razon}")


def retiradas_de(vista: Vista) -> Iterator[tuple[str, Contenido, str]]:
    """Los archivos que ya no deben estar, con el acto que lo explica."""
    for ficha in vista.fichas():
        for nombre, m in vida.retirados(ficha).items():
            e = next(e for a in ficha.actos for e in vida.piezas(a) if e.archivo == nombre)
            ruta = f"{rutas.carpeta(ficha)}/{rutas.EVIDENCIAS}/{nombre}"
            yield ruta, Contenido(ruta, e.tamano, e.sha256), vida.por_que_no_esta(ficha, m)


def evidencias_de(vista: Vista) -> Iterator[tuple[str, Contenido]]:
    """Todos los archivos de evidencia que las fichas declaran y se conservan, con su ruta."""
    for ficha in (vista.sistema, *vista.fichas()):
        base = "registros" if ficha.clase == "sistema" else rutas.carpeta(ficha)
        ya = vida.retirados(ficha)
        for e in (e for m in ficha.actos for e in vida.piezas(m) if e.archivo not in ya):
            ruta = f"{base}/{rutas.EVIDENCIAS}/{e.archivo}"
            yield ruta, Contenido(ruta, e.tamano, e.sha256)


def carpeta(repo: Repositorio) -> Iterator[Hallazgo]:
    """Los archivos de la carpeta son los de la historia; los borradores son de quien los escribe."""
    for ajeno in repo.cambios_ajenos(completo=True):
        if not _por_registrar(ajeno):
            yield Hallazgo("carpeta", ajeno.ruta, CARPETA[ajeno.causa])


def _por_registrar(ajeno: Ajeno) -> bool:
    """Un archivo que nadie nombra, o la configuración a medio editar, no contradicen a ningún movimiento."""
    return ajeno.causa == "sobra" or (ajeno.causa == "modificado" and rutas.es_configuracion(ajeno.ruta))


def sobrantes(repo: Repositorio, vista: Vista) -> Iterator[Hallazgo]:
    """Lo que conviene mirar: archivos que nadie registró, y configuración editada sin registrar todavía."""
    for ajeno in repo.cambios_ajenos():
        if ajeno.causa == "modificado" and rutas.es_configuracion(ajeno.ruta):
            yield Hallazgo("carpeta", ajeno.ruta, "editado sin registrar; use sgc-gt configurar")
        if ajeno.causa == "sobra" and ajeno.ruta.startswith(("documentos/", "registros/")):
            yield Hallazgo("carpeta", ajeno.ruta, NADIE)
    # git no mira las carpetas de evidencias, que no van en la historia: se recorren aparte.
    declaradas = {ruta for ruta, _ in evidencias_de(vista)} | {ruta for ruta, *_ in retiradas_de(vista)}
    for ruta in repo.contenidos_presentes():
        if ruta not in declaradas:
            yield Hallazgo("evidencia", ruta, NADIE)


def unicidad(vista: Vista) -> Iterator[Hallazgo]:
    """Un código nace una vez y vive en una carpeta; sus versiones no repiten número; una sola rige."""
    donde: dict[str, str] = {}
    for ficha in vista.fichas():
        lugar = rutas.ruta_ficha(ficha)
        otra = donde.setdefault(ficha.codigo.upper(), lugar)
        if otra != lugar:
            yield Hallazgo("codigos", lugar, f"el código {ficha.codigo} ya se usó en {otra}")
        for mensaje in (*repetidos(ficha), *de_mas(ficha, vista.presentes(rutas.carpeta(ficha)))):
            yield Hallazgo("codigos", lugar, mensaje)


def repetidos(ficha: Ficha) -> Iterator[str]:
    """Lo que en una ficha se usó dos veces: el código, o el número de una versión emitida."""
    for m in ficha.actos[1:]:
        if m.acto in NACEN:
            yield f"el código {ficha.codigo} vuelve a nacer en su movimiento {m.n}"
    emitidas = [v.version for v in situacion(ficha).versiones if v.emision is not None and v.version]
    for version in sorted({v for v in emitidas if emitidas.count(v) > 1}):
        yield f"la versión {version} se puso en vigencia dos veces"


def de_mas(ficha: Ficha, presentes: Mapping[str, str]) -> Iterator[str]:
    """En la carpeta del documento está la última versión que comenzó a regir, y ninguna otra."""
    versiones = situacion(ficha).versiones
    propios = {f"{rutas.carpeta(ficha)}/{v.archivo}" for v in versiones if v.archivo}
    regidas = [f"{rutas.carpeta(ficha)}/{v.archivo}" for v in versiones if v.regida and v.archivo]
    for ruta in sorted(propios & set(presentes)):
        if ruta not in regidas[-1:]:
            yield f"{ruta} está en el lugar de la versión vigente y no es ella"
