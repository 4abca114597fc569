"""La sección de registros y el catálogo de series dicen lo mismo, en los dos sentidos."""

from pathlib import Path

import yaml
from mesa_reglas import COMPLETO, evidencias, servicio
from mini_docx import mini_docx

from sgc_gt.consultas.series_pedidas import SeriesPedidas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.series import registros_al_dia, series_de_area
from sgc_gt.word.hechos import leer

FILAS = yaml.safe_load((Path(__file__).parents[2] / "documentos/GT/PR-GT-01/datos.yaml").read_text("utf-8"))[
    "registros"
]


def test_el_procedimiento_que_se_entrega_pide_lo_que_el_catalogo_de_cada_servicio_tiene() -> None:
    assert registros_al_dia(servicio(), "GT", FILAS) == FILAS, "el de la demostración calza sin tocar nada"
    series = servicio().series
    cumplimiento = series["RG-GT-05"]._replace(codigo="RG-GT-15", paquete="gore", retencion_anios=10)
    otro = servicio()._replace(
        series={**{c: s for c, s in series.items() if c != "RG-GT-06"}, "RG-GT-15": cumplimiento}
    )
    propias = {str(f["codigo"]): f for f in registros_al_dia(otro, "GT", FILAS)}
    assert set(propias) == {f["codigo"] for f in FILAS} - {"RG-GT-06"} | {"RG-GT-15"}
    assert (propias["RG-GT-15"]["retencion"], propias["RG-GT-01"]["requisitos"]) == (10, ["REG-1"])


def test_lo_que_nadie_pide_lo_ve_el_documento_del_area_que_mas_pide() -> None:
    todas = frozenset(s.codigo for s in series_de_area(servicio(), "GT"))
    vistas = SeriesPedidas(
        servicio(),
        {"PR-GT-01": todas - {"RG-GT-06", "RG-GT-13"}, "PR-GT-04": frozenset({"RG-GT-06"})},
        {"GT": "PR-GT-01"},
    )
    tabla = "T1 Registros / p x / xml " + _tabla("RG-GT-01")
    de_una = leer(mini_docx(tabla), "x.docx").forma
    assert vistas.sin_pedir(_ficha("PR-GT-04"), de_una) == (), "lo dice uno solo"
    # El borrador cuenta como está escrito hoy: si deja de pedir una, se nota; si la agrega, deja de verse.
    assert set(vistas.sin_pedir(_ficha("PR-GT-01"), de_una)) == todas - {"RG-GT-01", "RG-GT-06"}


def _ficha(codigo: str) -> Ficha:
    return Ficha(codigo, "procedimiento", "documento", {"area": "GT"})


def _tabla(codigo: str) -> str:
    filas = (("Código", "Registro"), (codigo, "Informe de diagnóstico"))
    celda = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    cuerpo = "".join(f"<w:tr>{''.join(celda.format(c) for c in fila)}</w:tr>" for fila in filas)
    return f"<w:tbl><w:tblPr/>{cuerpo}</w:tbl><w:p/>"


def test_un_codigo_que_nadie_tiene_se_dice_una_vez() -> None:
    guion = COMPLETO.replace("p No genera registros propios.", "l1 RG-GT-99 Acta de entrega")
    assert evidencias("REGISTRO-SIN-SERIE", guion) == []
    assert evidencias("CODIGO-INEXISTENTE", guion) == ["RG-GT-99 no existe ni ha existido"]
