"""Leer lo que ya está escrito: fechas, versiones, códigos y nombres de archivo como la gente los escribe."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio.codigos import Mascara
from sgc_gt.dominio.lectura_codigos import Lenguaje, codigo_en, codigo_solo
from sgc_gt.dominio.lectura_fechas import fecha_en, fechas_en, sin_fechas
from sgc_gt.dominio.lectura_nombres import leer_nombre
from sgc_gt.dominio.lectura_rotulos import en_linea
from sgc_gt.dominio.lectura_versiones import clave_version, leer_version, misma_version
from sgc_gt.dominio.rotulos_palabras import plano

CASA = Lenguaje(Mascara("{tipo}-{area}-{nn}"), ("PR", "IN", "FO", "MC"), ("FOM", "SGC", "GT"))


@pytest.mark.parametrize(
    ("nombre", "codigo", "version", "titulo", "rastros"),
    [
        ("PR-FOM-03 v2 FINAL (2).docx", "PR-FOM-03", "2", "", ("(2)", "FINAL")),
        ("PR_FOM_03_V02.docx", "PR-FOM-03", "02", "", ()),
        ("PR-FOM-03 Rev.3 (copia).docx", "PR-FOM-03", "3", "", ("(copia)",)),
        ("P-01 Procedimiento de compras 2019.docx", "P-01", "", "Procedimiento de compras", ()),
        ("SGC-PR-01_v1.2.doc", "SGC-PR-01", "1.2", "", ()),
        ("Copia de PR-FOM-3 Compras versión 04 15-03-2024.docx", "PR-FOM-03", "04", "Compras", ("Copia de",)),
        ("pr fom 03.docx", "PR-FOM-03", "", "", ()),
        ("Procedimiento_Compras_v02_20240315_firmado.pdf", "", "02", "Procedimiento Compras", ("firmado",)),
        ("D-GF-CGP-PT-009.docx", "D-GF-CGP-PT-009", "", "", ()),
        ("GCA-PR-001-FR-01.xlsx", "GCA-PR-001-FR-01", "", "", ()),
        ("PG 01 Programa.docx", "PG-01", "", "Programa", ()),
        ("IN-SGC-02 Instructivo - copia (3).docx", "IN-SGC-02", "", "Instructivo", ("(3)", "copia")),
        ("PR-FOM-03_rev A.docx", "PR-FOM-03", "A", "", ()),
        ("PR-FOM-03 Versión N° 13 vigente.docx", "PR-FOM-03", "13", "", ("vigente",)),
        ("ISO-9001 norma.pdf", "", "", "ISO-9001 norma", ()),
        ("Acta 2019-05.docx", "", "", "Acta", ()),
        ("Manual de la calidad.docx", "", "", "Manual de la calidad", ()),
        (r"C:\calidad\PR-GT-01.DOCX", "PR-GT-01", "", "", ()),
        ("flujo", "", "", "flujo", ()),
        ("", "", "", "", ()),
    ],
)
def test_nombre_de_archivo(
    nombre: str, codigo: str, version: str, titulo: str, rastros: tuple[str, ...]
) -> None:
    leido = leer_nombre(nombre, CASA)
    assert (leido.codigo, leido.version, leido.titulo, leido.rastros) == (codigo, version, titulo, rastros)


@pytest.mark.parametrize(
    ("texto", "fecha", "exacta"),
    [
        ("15 de marzo de 2024", date(2024, 3, 15), True),
        ("15-03-2024", date(2024, 3, 15), True),
        ("15/03/24", date(2024, 3, 15), True),
        ("15.03.2024", date(2024, 3, 15), True),
        ("2024-03-15", date(2024, 3, 15), True),
        ("15-mar-2024", date(2024, 3, 15), True),
        ("1° de abril del 2020", date(2020, 4, 1), True),
        ("Santiago, 3 de Enero del año 2019.", date(2019, 1, 3), True),
        ("Fecha: 9 de setiembre, 2021", date(2021, 9, 9), True),
        ("N° 155 de 28.02.02", date(2002, 2, 28), True),
        ("01-06-98", date(1998, 6, 1), True),
        ("marzo 2024", date(2024, 3, 1), False),
        ("Diciembre de 2009", date(2009, 12, 1), False),
        ("03-2024", date(2024, 3, 1), False),
    ],
)
def test_fecha_como_la_escriben(texto: str, fecha: date, exacta: bool) -> None:
    leida = fecha_en(texto)
    assert leida is not None
    assert (leida.fecha, leida.exacta) == (fecha, exacta)


@pytest.mark.parametrize(
    "texto", ["Ley 19.553", "31-02-2024", "12 de 2024", "PR-FOM-03", "1.2.3", "2019", "", "mar 24"]
)
def test_lo_que_no_es_fecha(texto: str) -> None:
    assert fechas_en(texto) == ()


@pytest.mark.parametrize(
    ("texto", "version"),
    [
        ("02", "02"), ("2", "2"), ("V.2", "2"), ("v02", "02"), ("Versión 2.1", "2.1"), ("Rev. N.º 13", "13"), ("00", "00"),
        ("A", "A"), ("Rev.3", "3"), ("Nº 4", "4"), ("Versión: 02", "02"), ("R1", "1"), ("ed. 3", "3"),
        ("hola", ""), ("03-03-2024", ""), ("", ""), ("2024", ""), ("AB", ""),
    ],
)  # fmt: skip
def test_version_como_la_escriben(texto: str, version: str) -> None:
    assert leer_version(texto) == version


def test_la_misma_version_escrita_distinto() -> None:
    assert misma_version("2", "02")
    assert misma_version("02.0", "2")
    assert not misma_version("2", "2.1")
    assert sorted(["10", "A", "2", "02.1"], key=clave_version) == ["A", "2", "02.1", "10"]


@pytest.mark.parametrize(
    ("texto", "codigo"),
    [
        ("PPGC", "PPGC"), ("SGC-PR-01", "SGC-PR-01"), ("PR FOM 3", "PR-FOM-03"), ("P-01", "P-01"),
        ("pr.fom.03", "PR-FOM-03"), ("Procedimiento de compras", ""),
    ],
)  # fmt: skip
def test_codigo_despues_de_su_rotulo(texto: str, codigo: str) -> None:
    leido = codigo_solo(texto, CASA)
    assert (leido.codigo if leido else "") == codigo


@pytest.mark.parametrize(
    ("linea", "esperado"),
    [
        ("Código: PR-FOM-03   Versión: 02   Página 1 de 3", {"codigo": "PR-FOM-03", "version": "02", "pagina": "1 de 3"}),
        ("Código: SGC-PR-01 Versión 0 Fecha: 3 de marzo de 2020",
         {"codigo": "SGC-PR-01", "version": "0", "fecha_aprobacion": "3 de marzo de 2020"}),
        ("CÓDIGO : PPGC | REVISIÓN N.º 13", {"codigo": "PPGC", "version": "13"}),
        ("IN_FOM_02    Rev.3    marzo 2023", {"version": "3"}),
        ("Cargo: Jefa de División", {"cargo": "Jefa de División"}),
        ("Código:   Versión: 02", {"version": "02"}),
        ("Revisión: Encargado de Calidad", {"reviso": "Encargado de Calidad"}),
        ("Vigente desde: 01-04-2024  Próxima revisión: abril de 2026",
         {"vigente_desde": "01-04-2024", "proxima_revision": "abril de 2026"}),
        ("Procedimiento de revisión documental de la versión impresa", {}),
        ("La fecha de aprobación de cada documento se registra", {}),
        ("Título: Compras y contrataciones", {"titulo": "Compras y contrataciones"}),
    ],
)  # fmt: skip
def test_rotulos_de_una_linea(linea: str, esperado: dict[str, str]) -> None:
    assert {r.campo: r.valor for r in en_linea(linea, CASA)} == esperado


TROZOS = st.lists(
    st.sampled_from(
        [
            "PR-FOM-03",
            "v2",
            "FINAL",
            "(2)",
            "copia",
            "15-03-2024",
            "marzo",
            "2024",
            "Rev.",
            "N.º",
            "_",
            " ",
            "Código:",
            "A",
            ".",
        ]
    )
    | st.text(max_size=6),
    max_size=8,
).map("".join)


@given(TROZOS)
def test_ninguna_lectura_falla_y_leer_dos_veces_da_lo_mismo(texto: str) -> None:
    assert leer_nombre(texto, CASA) == leer_nombre(texto, CASA)
    assert len(plano(texto)) == len(texto)
    assert all(1970 <= f.fecha.year <= 2100 for f in fechas_en(texto))
    assert leer_version(leer_version(texto)) == leer_version(texto)
    assert fechas_en(sin_fechas(texto)) == () or sin_fechas(texto) != texto
    for leido in (codigo_en(texto, CASA), codigo_en(texto)):
        assert leido is None or codigo_en(leido.codigo, CASA) is not None
    en_linea(texto, CASA)
