"""Los archivos de registros y de respaldos, y lo que se pudo leer de cada uno."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.consultas.lecturas import Lecturas
from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas, vida
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.reglas.hallazgos.hechos import Guardado
from sgc_gt.reglas.rut import hallados
from sgc_gt.repositorio.contenidos import Contenido

FORMATO = 1
"""Número de lo que se recuerda: cambia cuando cambia lo que se sabe leer."""


class Pieza(NamedTuple):
    """Un archivo que una ficha declara, fuera de la historia."""

    ficha: Ficha
    movimiento: Movimiento
    contenido: Contenido
    registro: bool

    @property
    def nombre(self) -> str:
        return self.contenido.ruta.rpartition("/")[2]


def piezas(fichas: Iterable[Ficha], fecha: date) -> Iterator[Pieza]:
    """Los archivos que los movimientos hasta la fecha declaran, y de los que no se ha dispuesto."""
    for ficha in fichas:
        base = f"{rutas.carpeta(ficha)}/{rutas.EVIDENCIAS}"
        ya_no = vida.retirados(ficha)
        pares = ((m, e) for m in ficha.actos if m.fecha <= fecha for e in vida.piezas(m))
        for m, e in pares:
            if e.archivo not in ya_no:
                suyo = Contenido(f"{base}/{e.archivo}", e.tamano, e.sha256)
                yield Pieza(ficha, m, suyo, registro=m.acto == "registrar" and e.archivo == m.archivo)


def guardados(vista: Vista, fichas: Iterable[Ficha], fecha: date) -> Iterator[Guardado]:
    """Cada archivo, si está como se guardó y qué deja leer. Lo leído se recuerda por su resumen."""
    lecturas = Lecturas(vista.repo.raiz, f"guardados-{FORMATO}")
    for pieza in piezas(fichas, fecha):
        causa = vista.repo.revisar_contenido(pieza.contenido)
        leido = {} if causa else _leido(vista, lecturas, pieza)
        yield Guardado(
            documento=pieza.ficha.codigo,
            movimiento=pieza.movimiento.n,
            nombre=pieza.nombre,
            fecha=pieza.movimiento.fecha,
            registro=pieza.registro,
            causa=causa or str(leido.get("causa", "")),
            paginas=int(leido.get("paginas", 0)),
            sin_texto=tuple(leido.get("sin_texto", ())),
            imagen=bool(leido.get("imagen", False)),
            ruts=tuple(leido.get("ruts", ())),
            formulario=str(leido.get("formulario", "")),
            version=str(leido.get("version", "")),
        )
    lecturas.guardar()


def _leido(vista: Vista, lecturas: Lecturas, pieza: Pieza) -> dict[str, Any]:
    recordado = lecturas.buscar(pieza.contenido.sha256)
    if recordado is None:
        recordado = _leer(vista.repo.contenido(pieza.contenido), pieza.nombre)
        lecturas.anotar(pieza.contenido.sha256, recordado)
    return dict(recordado)


def _leer(contenido: bytes, nombre: str) -> dict[str, Any]:
    # Aquí, y no arriba: con todo recordado no se abre ningún archivo, y sus bibliotecas cuestan 300 ms.
    from sgc_gt.word.legible import leer  # noqa: PLC0415

    visto = leer(contenido, nombre)
    return {
        "causa": "" if visto.abre else "ilegible",
        "paginas": len(visto.textos),
        "sin_texto": visto.sin_texto,
        "imagen": visto.imagen,
        "ruts": sorted({r.tapado for t in visto.textos for r in hallados(t)}),
        "formulario": visto.formulario,
        "version": visto.version,
    }
