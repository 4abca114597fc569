"""Reglas de accesibilidad: quien no ve la pantalla lee lo mismo (WCAG 2.1 1.1.1, 1.3.1 y 3.1.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sgc_gt.dominio.hechos import Sitio
from sgc_gt.reglas.materia import INICIO, Materia
from sgc_gt.reglas.regla import Hallazgo
from sgc_gt.reglas.textos import corto


def imagen(m: Materia) -> Iterator[Hallazgo]:
    """Las imágenes sin texto alternativo."""
    for sitio, hallazgo in _sitios(m, m.hechos.imagenes_sin_texto if m.hechos else ()):
        yield hallazgo._replace(evidencia=f"una imagen no tiene texto alternativo{_junto(sitio)}")


def tabla(m: Materia) -> Iterator[Hallazgo]:
    """Las tablas de datos sin una fila marcada como título."""
    for sitio, hallazgo in _sitios(m, m.hechos.tablas_sin_encabezado if m.hechos else ()):
        yield hallazgo._replace(evidencia=f"la tabla que empieza por «{corto(sitio.texto, 40)}»")


def idioma(m: Materia) -> Iterator[Hallazgo]:
    """El documento que no dice en qué idioma está, o dice otro."""
    if m.hechos is None or m.hechos.inseguro:
        return
    declarado = m.hechos.idioma
    if not declarado:
        yield Hallazgo("el archivo no declara su idioma", "propiedades del archivo")
    elif not declarado.lower().startswith("es"):
        yield Hallazgo(f"el archivo declara el idioma «{declarado}»", "propiedades del archivo")


def _sitios(m: Materia, sitios: Iterable[Sitio]) -> Iterator[tuple[Sitio, Hallazgo]]:
    for sitio in sitios:
        numero, lugar = m.en(sitio.titulo) if sitio.titulo else ("", INICIO)
        yield sitio, Hallazgo("", lugar, numero, sitio.texto)


def _junto(sitio: Sitio) -> str:
    return f" (después de «{corto(sitio.texto, 40)}»)" if sitio.texto else ""
