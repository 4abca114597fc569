"""Formularios para las pruebas: los esquemas de los tipos de verdad, y datos cualquiera que les calzan."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import yaml
from hypothesis import strategies as st

from sgc_gt.config.lectura import leer_yaml
from sgc_gt.dominio.regiones import TODAS
from sgc_gt.listas.formularios.celdas import Nombres
from sgc_gt.listas.formularios.escribir import a_formulario
from sgc_gt.listas.formularios.leer import Leido, leer_formulario
from sgc_gt.listas.formularios.modelo import Formulario

RAIZ = Path(__file__).resolve().parents[2]
EJEMPLOS = RAIZ / "sgc_gt" / "ejemplo" / "datos"
CARGOS = {
    "dn": "Director/a Nacional",
    "egt": "Encargado/a GT",
    "dr-11": "Director/a Regional, Aysén",
    "dr-15": "Director/a Regional, Arica y Parinacota",
}
ESQUEMAS = {
    a.stem: datos
    for a in sorted((RAIZ / "plantillas_docx").glob("*.yaml"))
    if (datos := (yaml.safe_load(a.read_text("utf-8")).get("datos")))
}
"""tipo → esquema de sus datos."""


def ejemplo(tipo: str) -> Any:
    """Los datos de muestra de un tipo."""
    nombre = {"procedimiento": "pr_fom_03", "revision_direccion": "revision_direccion_1"}.get(tipo, tipo)
    return leer_yaml((EJEMPLOS / f"{nombre}.yaml").read_bytes(), nombre)[0]


def nombres(datos: Any) -> Nombres:
    """Los del servicio de prueba; lo que los datos ya decían se admite."""
    from sgc_gt.dominio.textos import textos_en  # noqa: PLC0415

    return Nombres(CARGOS, TODAS, frozenset(textos_en(datos)))


def formulario(esquema: Mapping[str, Any], datos: Any, **mas: Any) -> bytes:
    """El libro de un formulario con esos datos."""
    valores = {"base": datos, **mas}
    return a_formulario(Formulario("plan", "Plan", esquema, datos, nombres(datos), **valores))


def leer(contenido: bytes, esquema: Mapping[str, Any], datos: Any = None) -> Leido:
    """Lo que el formulario dice."""
    return leer_formulario(contenido, "F.xlsx", esquema, nombres(datos or {}))


def editar(contenido: bytes, cambios: Any) -> bytes:
    """El libro después de que alguien lo abrió y le hizo `cambios(libro)`."""
    libro = openpyxl.load_workbook(io.BytesIO(contenido))
    cambios(libro)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


TEXTO = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Cn", "Co")),
    min_size=1,
    max_size=12,
).map(lambda t: unicodedata.normalize("NFC", f"{t} y más"))
SIGLA = st.from_regex(r"[A-Z]{1,4}[0-9]{1,3}", fullmatch=True)
_REFERENCIAS = {"region": st.sampled_from(TODAS), "cargo": st.sampled_from(sorted(CARGOS))}


def datos_de(esquema: Mapping[str, Any], *, raiz: bool = True) -> st.SearchStrategy[Any]:
    """Datos que calzan con el esquema en forma y clase; sin listas vacías, que en una hoja no se ven."""
    tipo, referencia = esquema.get("type"), esquema.get("x-referencia")
    if "enum" in esquema:
        return st.sampled_from(esquema["enum"])
    if isinstance(tipo, list) or (referencia == "region" and tipo == "array"):
        lista = st.lists(_REFERENCIAS["region"], min_size=1, max_size=3, unique=True)
        return st.one_of(st.just("todas"), lista) if "string" in (tipo or ()) else lista
    if tipo == "object":
        return _objeto(esquema, raiz)
    if tipo == "array":
        elemento = {**esquema["items"], **({"x-referencia": referencia} if referencia else {})}
        return st.lists(datos_de(elemento, raiz=False), min_size=1, max_size=3)
    if tipo == "boolean":
        return st.booleans()
    if tipo == "integer":
        return st.integers(esquema.get("minimum", -9_999), esquema.get("maximum", 99_999))
    if tipo == "number":
        return st.decimals(-(10**9), 10**9, places=2, allow_nan=False).map(
            lambda d: int(d) if d == int(d) else float(d)
        )
    if referencia in _REFERENCIAS:
        return _REFERENCIAS[referencia]
    if "pattern" in esquema:
        return st.from_regex(esquema["pattern"].replace("$", r"\Z"), fullmatch=False)
    return SIGLA if referencia else TEXTO


def _objeto(esquema: Mapping[str, Any], raiz: bool) -> st.SearchStrategy[Any]:
    propios = {k: datos_de(v, raiz=False) for k, v in esquema.get("properties", {}).items()}
    debidas = set(propios) if not raiz and len(propios) < 3 else set(esquema.get("required", ()))
    if raiz:
        # De la raíz, unas pocas partes cada vez: cada ejemplo es un libro entero.
        return st.lists(st.sampled_from(sorted(propios)), min_size=1, max_size=4, unique=True).flatmap(
            lambda claves: st.fixed_dictionaries({c: propios[c] for c in claves})
        )
    # Una fila en blanco no es una fila.
    return st.fixed_dictionaries(
        {k: v for k, v in propios.items() if k in debidas},
        optional={k: v for k, v in propios.items() if k not in debidas},
    ).filter(bool)
