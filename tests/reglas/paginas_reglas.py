"""Las páginas de las reglas: lo que sale del catálogo, y sus ejemplos vueltos documentos de Word.

Un ejemplo se escribe como se lee: `# Título`, `## Apartado`, `- viñeta`, `| celda | celda |` (con `|=` si la
fila está marcada como título), `![texto]` una imagen, `(oculto) …` un texto oculto. Antes de una línea en
blanco pueden ir datos de su alrededor: `Encabezado: …`, `Archivo: …`, `Motivo: …`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mesa_reglas import materia
from mini_docx import mini_docx, mini_partes

from sgc_gt.dominio.etiquetas import FUENTES, GRAVEDADES
from sgc_gt.reglas.catalogo import CATALOGO
from sgc_gt.reglas.materia import Materia
from sgc_gt.reglas.regla import Regla
from sgc_gt.word.hechos import leer
from sgc_gt.word.paquete import empaquetar

CARPETA = Path(__file__).parents[2] / "docs" / "referencia" / "reglas"
NORMA = "ISO 9001:2015"
_DEL_CATALOGO = re.compile(r"(<!-- del catálogo -->\n).*?(<!-- fin del catálogo -->)", re.S)
_EJEMPLO = re.compile(r"^## (Con alerta|Sin alerta)\n\n```texto\n(.*?)\n```$", re.S | re.M)
_TITULO = "<w:trPr><w:tblHeader/></w:trPr>"
_VACIO = "word/vbaProject.bin"


class Falta(NamedTuple):
    """Un contenido exigido que a los datos les falta."""

    requisito: str
    palabras: tuple[str | int, ...] = ("Alcance",)
    linea: int = 12
    mensaje: str = "falta la razón"


def pagina(regla: Regla) -> Path:
    return CARPETA / f"{regla.codigo}.md"


def al_dia(regla: Regla, texto: str) -> str:
    """La página con su parte del catálogo escrita de nuevo."""
    lineas = [
        f"{regla.enunciado[0].upper()}{regla.enunciado[1:]}.",
        "",
        f"- Gravedad: {GRAVEDADES[regla.gravedad].lower()}",
        f"- Lo pide: {regla.pide(NORMA)} ({FUENTES[regla.fuente]})",
        f"- Qué hacer: {regla.sugerencia}",
    ]
    return _DEL_CATALOGO.sub(lambda m: m[1] + "\n".join(lineas) + "\n" + m[2], texto)


def indice() -> str:
    """La página que las reúne, por gravedad y en el orden del catálogo."""
    partes = [
        "# Las reglas del chequeo de forma\n",
        "Esta página se escribe desde el catálogo; cada regla tiene la suya, con un ejemplo que alerta y uno que no.",
        "Los ejemplos se ejecutan: si una regla deja de decir lo que su página muestra, una prueba lo avisa.\n",
    ]
    for gravedad, nombre in GRAVEDADES.items():
        reglas = [r for r in CATALOGO if r.gravedad == gravedad]
        partes += [f"## {nombre}\n", "| regla | qué avisa | lo pide |", "|---|---|---|"]
        partes += [f"| [{r.codigo}]({r.codigo}.md) | {r.enunciado} | {FUENTES[r.fuente]} |" for r in reglas]
        partes.append("")
    return "\n".join(partes)


def ejemplos(texto: str) -> dict[str, str]:
    """«Con alerta» y «Sin alerta» → el ejemplo."""
    return dict(_EJEMPLO.findall(texto))


def materia_de(ejemplo: str) -> Materia:
    """La materia que un ejemplo describe."""
    cabeza, _, cuerpo = ejemplo.rpartition("\n\n")
    datos = dict(linea.split(": ", 1) for linea in cabeza.splitlines())
    lineas = [_linea(linea) for linea in _con_tablas(cuerpo)]
    docx = mini_docx("\n".join(lineas), encabezado=f"p {e}" if (e := datos.pop("Encabezado", "")) else "")
    if datos.pop("Trae", "") == "macros":
        docx = empaquetar({**mini_partes("p x"), _VACIO: b"x"})
    cambios: dict[str, Any] = {}
    hechos = leer(docx, "PR-FOM-03_v02.docx").hechos
    for clave, valor in datos.items():
        cambio, hecho = _ALREDEDOR[clave](valor)
        cambios |= cambio
        hechos = hechos._replace(**hecho)
    return materia(docx=docx, hechos=hechos, **cambios)


_Alrededor = tuple[Mapping[str, Any], Mapping[str, Any]]
_ALREDEDOR: Mapping[str, Callable[[str], _Alrededor]] = {
    "Archivo": lambda v: ({"archivo": v}, {}),
    "Reglas": lambda v: ({"reglas_al_dia": v == "al día"}, {}),
    "Destinatarios": lambda v: ({"sin_destinatarios": v == "ninguno"}, {}),
    "Nadie pide": lambda v: ({"series_sin_pedir": (v,)}, {}),
    "Motivo": lambda v: ({"motivo": v}, {}),
    "Cambian": lambda v: ({"cambiadas": tuple(v.split("; "))}, {}),
    "Guía de la plantilla": lambda v: ({"guias": frozenset({v})}, {}),
    "Dato sin responder": lambda v: ({"faltas": (Falta(v),)}, {}),
    "Idioma": lambda v: ({}, {"idioma": v}),
    "Comentarios": lambda v: ({}, {"comentarios": int(v)}),
    "Cambios marcados": lambda v: ({}, {"revisiones": int(v)}),
}


def _con_tablas(cuerpo: str) -> list[str]:
    """Las líneas, con cada tabla junta en una."""
    lineas: list[str] = []
    for linea in cuerpo.splitlines():
        if linea.startswith("|") and lineas and lineas[-1].startswith("|"):
            lineas[-1] += "\n" + linea
        else:
            lineas.append(linea)
    return lineas


def _linea(linea: str) -> str:
    """Una línea del ejemplo en el lenguaje de `mini_docx`."""
    if hallado := re.match(r"(#+) (.*)", linea):
        return f"T{len(hallado[1])} {hallado[2]}"
    if linea.startswith("|"):
        return _tabla(linea)
    if linea.startswith("!["):
        return f"imagen {linea[2:-1]}".strip()
    if linea.startswith("(oculto) "):
        return f"oculto {linea.removeprefix('(oculto) ')}"
    return f"l1 {linea[2:]}" if linea.startswith("- ") else f"p {linea}"


def _tabla(texto: str) -> str:
    filas = []
    for fila in texto.splitlines():
        celdas = [c.strip() for c in fila.strip("|=").strip().split("|")]
        xml = "".join(f"<w:tc><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>" for c in celdas)
        filas.append(f"<w:tr>{_TITULO if fila.startswith('|=') else ''}{xml}</w:tr>")
    return f"xml <w:tbl><w:tblPr/>{''.join(filas)}</w:tbl><w:p/>"


__all__ = ["al_dia", "ejemplos", "indice", "materia_de", "pagina"]
