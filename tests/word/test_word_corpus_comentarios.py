"""Documentos de verdad, hechos por otros: se comentan sin tocar lo que dicen ni perder un comentario."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from test_word_corpus import ARCHIVOS, CORPUS

from sgc_gt.errores import EntradaInvalida
from sgc_gt.word.comentarios import Nota, comentar, leer_comentarios, sin_comentarios
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.rechazo import forma_rechazada
from sgc_gt.word.revisiones import revisar

pytestmark = pytest.mark.corpus
NOTAS = [Nota("Primera\nsegunda", "Quien revisa", "1", "a"), Nota("Otra", "Chequeo de forma")]


@pytest.mark.parametrize("nombre", ARCHIVOS)
def test_se_comenta_y_se_descomenta(nombre: str) -> None:
    documento = (CORPUS / nombre).read_bytes()
    try:
        forma = forma_normal(documento)
    except EntradaInvalida:
        return  # la puerta no lo recibe: nadie lo comenta
    revisar(documento)
    forma_rechazada(documento)
    previos = leer_comentarios(documento)
    comentado = comentar(documento, NOTAS, datetime(2026, 3, 10, tzinfo=UTC))
    assert forma_normal(comentado) == forma
    todos = leer_comentarios(comentado)
    assert len(todos) == len(previos) + len(NOTAS)
    puestos = {c.id for c in todos if c.id not in {p.id for p in previos}}
    assert leer_comentarios(sin_comentarios(comentado, puestos)) == previos
