"""Reglas sobre lo que el archivo trae y no se ve: contenido de afuera, texto oculto, cambios sin resolver."""

from __future__ import annotations

from collections.abc import Iterator

from sgc_gt.dominio.alertas import EL_ARCHIVO
from sgc_gt.reglas.materia import Materia
from sgc_gt.reglas.regla import Hallazgo, en
from sgc_gt.reglas.textos import corto


def inseguro(m: Materia) -> Iterator[Hallazgo]:
    """Macros, objetos incrustados, imágenes de otra dirección, archivos dañados: lo que la puerta rechaza."""
    for causa in m.hechos.inseguro if m.hechos else ():
        evidencia = f"{causa.mensaje} ({causa.lugar})" if causa.lugar else causa.mensaje
        yield Hallazgo(evidencia, EL_ARCHIVO, sugerencia=causa.hacer.rstrip("."))


def oculto(m: Materia) -> Iterator[Hallazgo]:
    """Texto con formato oculto: se aprobaría sin que nadie lo viera."""
    for r in m.renglones:
        for marca in r.bloque.marcas:
            if marca.clase == "oculto" and (texto := r.bloque.texto[marca.desde : marca.hasta]).strip():
                yield en(r, f"texto oculto: «{corto(texto, 50)}»")


def revisiones(m: Materia) -> Iterator[Hallazgo]:
    """Cambios marcados que nadie aceptó ni rechazó: no se sabe qué texto se aprueba."""
    cuantas = m.hechos.revisiones if m.hechos else 0
    if cuantas:
        yield Hallazgo(
            f"{cuantas} cambio{'s' * (cuantas > 1)} sin aceptar ni rechazar", "cuerpo del documento"
        )


def comentarios(m: Materia) -> Iterator[Hallazgo]:
    """Comentarios que quedaron en el archivo."""
    cuantos = m.hechos.comentarios if m.hechos else 0
    if cuantos:
        yield Hallazgo(f"{cuantos} comentario{'s' * (cuantos > 1)} en el archivo", "cuerpo del documento")
