"""Qué dicen los documentos vigentes de una materia: cada Word se lee una vez y lo hallado se recuerda.

Lo hallado se guarda por los bytes del archivo y por lo que se buscó; la lectura del Word es la misma que
recuerda el chequeo de forma.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from sgc_gt.consultas.lecturas import Lecturas
from sgc_gt.consultas.versiones import bytes_de
from sgc_gt.contexto import Vista
from sgc_gt.dominio.forma import FormaNormal, secciones, texto_de
from sgc_gt.dominio.situacion import Version
from sgc_gt.dominio.textos import comparable
from sgc_gt.reglas.evidencias.materia import Mencion, Visto
from sgc_gt.repositorio.objetos import oid_de_blob

FORMATO = 1
"""Número de lo que se recuerda: cambia cuando cambia lo que se sabe hallar."""
POR_DOCUMENTO = 3
"""Cuántas frases de una misma palabra se muestran de un documento: bastan para ir a mirarlo."""

Hallado = tuple[str, str, str]
"""(qué se buscaba, número de sección, la frase)"""


class Buscador(NamedTuple):
    """Qué se busca: `huella` lo distingue de otras búsquedas en la memoria."""

    huella: str
    hallar: Callable[[FormaNormal], list[Hallado]]


def de_palabras(palabras: Iterable[str]) -> Buscador:
    """Busca esas palabras, sin que importen tildes ni mayúsculas."""
    buscadas = tuple(sorted({comparable(p): p for p in palabras}.items()))
    return Buscador(_huella("palabras", *(p for _, p in buscadas)), lambda forma: _palabras(forma, buscadas))


def _palabras(forma: FormaNormal, buscadas: Iterable[tuple[str, str]]) -> list[Hallado]:
    hallados: list[Hallado] = []
    cuenta: dict[str, int] = defaultdict(int)
    for s in secciones(forma):
        for linea in (s.titulo, *texto_de(s.bloques).splitlines()):
            plana = comparable(linea)
            for buscada, palabra in buscadas:
                if buscada in plana and cuenta[palabra] < POR_DOCUMENTO:
                    cuenta[palabra] += 1
                    hallados.append((palabra, s.numero, linea))
    return hallados


def _huella(*partes: str) -> str:
    return hashlib.sha256("\n".join((str(FORMATO), *partes)).encode()).hexdigest()[:12]


def menciones(
    vista: Vista, versiones: Iterable[tuple[Visto, Version]], buscador: Buscador
) -> Mapping[str, tuple[Mencion, ...]]:
    """Lo buscado → dónde lo dicen los Word de esas versiones."""
    memoria = Lecturas(vista.repo.raiz, f"menciones-{FORMATO}")
    en_word = [(d, v) for d, v in versiones if v.archivo.lower().endswith(".docx")]
    hallados = {v.sha256: memoria.buscar(f"{buscador.huella}:{v.sha256}") for _, v in en_word}
    for sha, nuevos in _leer(vista, [(d, v) for d, v in en_word if hallados[v.sha256] is None], buscador):
        hallados[sha] = nuevos
        memoria.anotar(f"{buscador.huella}:{sha}", nuevos)
    memoria.guardar()
    resultado: dict[str, list[Mencion]] = defaultdict(list)
    for d, v in en_word:
        for palabra, seccion, frase in hallados[v.sha256] or ():
            resultado[palabra].append(Mencion(d.codigo, v.version, seccion, frase))
    return {palabra: tuple(suyas) for palabra, suyas in resultado.items()}


def _leer(
    vista: Vista, nuevas: Iterable[tuple[Visto, Version]], buscador: Buscador
) -> Iterator[tuple[str, list[Hallado]]]:
    """Lo hallado en los Word que no se han buscado antes; dos archivos iguales se leen una vez."""
    por_leer = {v.sha256: (d, v) for d, v in nuevas}
    if not por_leer:
        return
    # Aquí, y no arriba: con todo recordado no se abre ningún Word, y su biblioteca cuesta 300 ms.
    from sgc_gt.consultas.formas_leidas import FormasLeidas  # noqa: PLC0415

    with FormasLeidas(vista.repo.raiz).recordando() as lecturas, vista.repo.compartiendo():
        for sha, (d, v) in por_leer.items():
            contenido = bytes_de(vista, d.ficha, v)
            yield sha, buscador.hallar(lecturas.leer(oid_de_blob(contenido), contenido, v.archivo).forma)
