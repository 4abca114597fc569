"""Reglas sobre lo que quedó de la plantilla o de la prisa: guías, huecos por llenar, «por definir»."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from sgc_gt.dominio.lugar_datos import columna, de_la_columna, en_palabras
from sgc_gt.reglas.materia import Hueco, Materia
from sgc_gt.reglas.regla import Hallazgo, en
from sgc_gt.reglas.textos import corto

_HUECO = re.compile(
    r"\[\s*(?:por\s+)?(?:completar|insertar|indicar|escribir|agregar|poner|reemplazar|ingresar|x{2,})[^\]]*\]"
    r"|\{\{|\}\}|\{%|%\}"
    r"|\blorem\s+ipsum\b"
    r"|(?<!siglo )\bX{2,}\b|\bx{3,}\b"
    r"|\bdd[-/. ]mm[-/. ]aa(?:aa)?\b",
    re.I,
)
_PENDIENTE = re.compile(
    r"\b(?:por|a)\s+definir(?:se)?\b|\bpendiente\s+de\s+(?:definir|definición|completar)\b|\bpor\s+confirmar\b"
    r"|\bT\.?B\.?D\b|\?{3,}|_{4,}",
    re.I,
)


def falta_dato(m: Materia) -> Iterator[Hallazgo]:
    """Los contenidos mínimos del tipo que los datos no responden; lo mismo en varias filas, una sola vez."""
    grupos: dict[tuple[object, ...], list[Hueco]] = defaultdict(list)
    for falta in m.faltas:
        grupos[(*columna(falta.palabras), falta.mensaje, falta.requisito)].append(falta)
    for juntas in grupos.values():
        lugares = tuple(en_palabras(f.palabras, f.linea) for f in juntas)
        primera = juntas[0]
        if len(juntas) == 1:
            yield Hallazgo(primera.mensaje, lugares[0], requisito=primera.requisito, lugares=lugares)
            continue
        lugar = de_la_columna([f.palabras for f in juntas], primera.linea)
        evidencia = f"{primera.mensaje} en {len(juntas)} filas"
        yield Hallazgo(evidencia, lugar, requisito=primera.requisito, lugares=lugares)


def guia(m: Materia) -> Iterator[Hallazgo]:
    """Los textos de guía de la plantilla que nadie reemplazó."""
    for r in m.renglones:
        if r.texto.strip() in m.guias:
            yield en(r, f"«{r.texto.strip()[:60]}…»")


def hueco(m: Materia) -> Iterator[Hallazgo]:
    """Marcas de algo por llenar: «[completar]», «XX», «lorem ipsum», «{{»."""
    for r in m.con("[", "xx", "{{", "}}", "{%", "%}", "lorem", "mm"):
        for hallado in _HUECO.finditer(r.texto):
            if hallado[0] != "xx":  # en minúsculas hacen falta tres: «xx» es el siglo en versalitas
                yield en(r, f"«{hallado[0]}» en «{_alrededor(r.texto, hallado)}»")
                break


def pendiente(m: Materia) -> Iterator[Hallazgo]:
    """Lo que el propio texto dice que está por definir, y las líneas para escribir a mano."""
    for r in m.con("defini", "completar", "confirmar", "tbd", "t.b", "tb.d", "???", "____"):
        hallado = _PENDIENTE.search(r.texto)
        if hallado and not (hallado[0].startswith("_") and re.search(r"firma|nombre|fecha", r.texto, re.I)):
            yield en(r, f"«{_alrededor(r.texto, hallado)}»")


def _alrededor(texto: str, hallado: re.Match[str]) -> str:
    desde = max(0, hallado.start() - 25)
    return ("…" if desde else "") + corto(texto[desde : hallado.end() + 35], 70)
