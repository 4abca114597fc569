"""Ida y vuelta de verdad: LibreOffice abre el borrador, edita, guarda; el archivo se entrega, se envía y se emite."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from casa import PROCEDIMIENTO, Casa, texto_de
from libreoffice import editar
from mini_docx import png

from sgc_gt.comparacion.textos import textos
from sgc_gt.dominio.forma import Bloque, FormaNormal, Marca
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.puerta import abrir
from sgc_gt.word.zonas import leer_zonas

pytestmark = [pytest.mark.libreoffice, pytest.mark.uno]
BORRADOR = "documentos/FOM/PR-FOM-01/borrador/PR-FOM-01_v02.docx"
EMITIDO = "documentos/FOM/PR-FOM-01/PR-FOM-01_v02.docx"
REGISTRO = {
    "codigo": "RG-GT-06",
    "nombre": "Informe de terreno",
    "responsable": "dr",
    "soporte": "papel",
    "almacenamiento": "Oficina",
    "proteccion": "con llave",
    "recuperacion": "fecha",
    "retencion": 5,
    "disposicion": "eliminación",
}


@pytest.fixture
def borrador(casa: Casa) -> Path:
    """La versión 02 en borrador, con la tabla de registros y el diagrama de flujo."""
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    datos = PROCEDIMIENTO + f"registros: [{json.dumps(REGISTRO)}]\n"
    casa.hace("generar PR-FOM-01 --datos", casa.adjunto("d.yaml", datos.encode()), de="cr1")
    return casa.ruta(BORRADOR)


def forma(archivo: Path) -> FormaNormal:
    return forma_normal(archivo.read_bytes(), archivo.name)


def marcas(bloques: Iterable[Bloque], clase: str) -> list[Marca]:
    """Las marcas de una clase, también dentro de tablas y cuadros, sin su posición."""
    halladas = []
    for b in bloques:
        halladas += [m._replace(desde=0, hasta=0) for m in b.marcas if m.clase == clase]
        halladas += marcas((x for fila in b.filas for celda in fila for x in celda), clase)
        halladas += marcas(b.bloques, clase)
    return halladas


def test_guardar_sin_cambiar_nada_no_es_un_acto(casa: Casa, borrador: Path, tmp_path: Path) -> None:
    guardado = editar(borrador, tmp_path / "guardado por ella.docx", "guardar")
    antes = casa.cabeza()
    assert guardado.read_bytes() != borrador.read_bytes()
    r = casa.hace("entregar", str(guardado), de="cr1")
    assert (r["codigo"], r["cambios"], r["encabezados"]) == ("PR-FOM-01", [], [])
    assert casa.cabeza() == antes


def test_lo_que_edita_llega_entero_y_lo_del_sistema_se_repara(
    casa: Casa, borrador: Path, tmp_path: Path
) -> None:
    """Texto, celda, imagen nueva, imagen cambiada, nota al pie y encabezado; después, otra vuelta."""
    original = forma(borrador)
    (tmp_path / "foto.png").write_bytes(png(60, 30, (10, 120, 200)))
    (tmp_path / "flujo.png").write_bytes(png(80, 40, (10, 200, 20)))
    editado = editar(
        borrador,
        tmp_path / "PR final FINAL (2).docx",
        "reemplazar|Ordenar la entrega|Ordenar y transparentar la entrega",
        "agregar|Todas las direcciones regionales.|También la oficina de Ñuble.",
        "celda|Informe de terreno|Informe de visita a terreno",
        f"cambiar_imagen|{tmp_path / 'flujo.png'}",
        f"imagen|También la oficina de Ñuble.|{tmp_path / 'foto.png'}|Fachada de la oficina",
        "nota|Se publican las bases.|En el sitio institucional.",
        "encabezado|Uso urgente",
    )
    r = casa.hace("entregar", str(editado), de="cr1")
    assert "1 Objetivo" in [c["seccion"] for c in r["cambios"]]
    assert r["encabezados"] == ["Lo escrito en el encabezado no se conserva: «Uso urgente»."]
    assert any("perdieron su protección" in a for a in r["avisos"])
    recibida = forma(editado)
    [envio] = casa.hace("enviar PR-FOM-01", de="cr1")
    assert r["encabezados"][0] in envio["reparado"]

    enviado = forma(borrador)
    assert enviado.bloques == recibida.bloques
    assert "Uso urgente" not in texto_de(borrador)
    assert {z.como for z in leer_zonas(abrir(borrador.read_bytes(), "b")).values()} == {"etiqueta"}
    cambiados = {"Ordenar la entrega de los subsidios.", "Informe de terreno", "Se publican las bases."}
    perdidos = textos(original.bloques) - textos(enviado.bloques)
    assert set(perdidos) <= cambiados, perdidos
    nuevos = " ".join(textos(enviado.bloques))
    for escrito in (
        "Ordenar y transparentar",
        "oficina de Ñuble",
        "visita a terreno",
        "En el sitio institucional.",
    ):
        assert escrito in nuevos
    assert len(marcas(enviado.bloques, "imagen")) == len(marcas(original.bloques, "imagen")) + 1
    assert len(marcas(enviado.bloques, "nota")) == 1

    # Vuelve con una observación y hace otra vuelta: nada de lo anterior se pierde.
    casa.hace("devolver PR-FOM-01 --texto 'Falta el plazo' --seccion 1", de="egt")
    otra = editar(
        borrador, tmp_path / "otra vuelta.docx", "agregar|oficina de Ñuble.|El plazo es de diez días."
    )
    assert casa.hace("entregar", str(otra), de="cr1")["en_esta_entrega"]
    casa.hasta("PR-FOM-01", "emitir")
    emitida = forma(casa.ruta(EMITIDO))
    assert textos(emitida.bloques) == textos(enviado.bloques) + textos(
        [Bloque("parrafo", texto="El plazo es de diez días.")]
    )
    for clase in ("imagen", "nota", "enlace"):
        assert marcas(emitida.bloques, clase) == marcas(enviado.bloques, clase)


def test_escribir_encima_de_las_zonas_no_las_cambia(casa: Casa, borrador: Path, tmp_path: Path) -> None:
    """LibreOffice quita los candados: alguien reemplaza el código en todo el documento y agrega un párrafo."""
    editado = editar(
        borrador,
        tmp_path / "zonas.docx",
        "reemplazar|PR-FOM-01|PR-OTRO-99",
        "agregar|Todas las direcciones regionales.|Una frase suya.",
    )
    r = casa.hace("entregar", str(editado), de="cr1")
    assert any("«PR-OTRO-99» y corresponde «PR-FOM-01»" in a for a in r["avisos"]), r["avisos"]
    [envio] = casa.hace("enviar PR-FOM-01", de="cr1")
    assert any("PR-OTRO-99" in o for o in envio["reparado"])
    texto = texto_de(borrador)
    assert "PR-OTRO-99" not in texto
    assert "Una frase suya." in texto
