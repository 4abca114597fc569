"""El CSV canónico: lo que se escribe se lee igual, y un acto toca una sola fila."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio.tabla import FECHA, NUMERO, VERSION, Columna, Tabla, texto_de
from sgc_gt.errores import IntegridadRota
from sgc_gt.listas.csv import BOM, a_csv, leer, leer_una, reemplazar, resumen

COLUMNAS = (
    Columna("codigo", "Código"),
    Columna("titulo", "Título"),
    Columna("version", "Versión", VERSION),
    Columna("desde", "Vigente desde", FECHA),
    Columna("cuantos", "Cuántos", NUMERO),
)


def tabla(*filas: dict[str, object]) -> Tabla:
    return Tabla("Lista", "", COLUMNAS, tuple(filas))


def fila(codigo: str, titulo: str = "Título", version: str = "01") -> dict[str, object]:
    return {"codigo": codigo, "titulo": titulo, "version": version, "desde": date(2026, 3, 9), "cuantos": 3}


def test_los_bytes_son_estos() -> None:
    datos = a_csv(tabla(fila("PR-GT-01", "Gestión; «territorial»"), fila("PR-GT-02", 'Dice "sí"', "02.1")))
    assert (
        datos
        == BOM
        + (
            "Código;Título;Versión;Vigente desde;Cuántos\n"
            'PR-GT-01;"Gestión; «territorial»";v01;09-03-2026;3\n'
            'PR-GT-02;"Dice ""sí""";v02.1;09-03-2026;3\n'
        ).encode()
    )


@pytest.mark.parametrize(
    "texto",
    [
        *("=1+1", "+56 2", "-5", "@SUMA(A1)", "＝1", "'=1", "''=1", '=HYPERLINK("x";"y")'),
        *("007", "12-2020", "1/2", "1e5", "MAR-05", "5 dic", "12345678901234567", "2.1"),
    ],
)
def test_lo_que_una_planilla_leeria_de_otra_forma_va_protegido_y_vuelve_igual(texto: str) -> None:
    datos = a_csv(tabla(fila("A-1", texto)))
    celda = list(csv.reader(io.StringIO(datos.decode("utf-8-sig")), delimiter=";"))[1][1]
    assert celda == "'" + texto
    assert leer(datos, COLUMNAS)[0]["titulo"] == texto


@pytest.mark.parametrize("texto", ["2015", "PR-GT-01", "Ley 18.575", "Procedimiento 02", "'entre comillas'"])
def test_el_texto_comun_va_como_es(texto: str) -> None:
    assert f";{texto};" in a_csv(tabla(fila("A-1", texto))).decode()


def test_una_celda_es_una_linea_sin_caracteres_de_control() -> None:
    datos = a_csv(tabla(fila("A-1", "\t=uno\r\ndos\u2028tres\x00\x1b\ud800")))
    assert datos.decode().splitlines()[1].split(";")[1] == "'=uno dos tres"


def test_un_numero_negativo_no_es_una_formula() -> None:
    datos = a_csv(tabla({**fila("A-1"), "cuantos": -4}))
    assert datos.endswith(b";-4\n")
    assert leer(datos, COLUMNAS)[0]["cuantos"] == -4


def test_lo_vacio_vuelve_vacio() -> None:
    datos = a_csv(tabla({"codigo": "A-1"}))
    assert leer(datos, COLUMNAS) == (
        {"codigo": "A-1", "titulo": "", "version": "", "desde": None, "cuantos": None},
    )


textos = st.text(st.characters(exclude_categories=("Cs",)), max_size=12) | st.from_regex(
    r"\A'{0,2}[=+\-@v]?\d{0,3}[-/.]?\d{0,3}(mar)?\Z"
)


@given(textos, textos, st.dates() | st.none(), st.integers() | st.none())
def test_leer_devuelve_lo_escrito(titulo: str, version: str, desde: date | None, cuantos: int | None) -> None:
    escrita = {"codigo": "A-1", "titulo": titulo, "version": version, "desde": desde, "cuantos": cuantos}
    datos = a_csv(tabla(escrita))
    leida = leer(datos, COLUMNAS)
    assert (leer_una(datos, "A-1", COLUMNAS), leer_una(datos, "A-2", COLUMNAS)) == (leida[0], None)
    assert leida == ({**escrita, "titulo": texto_de(titulo), "version": texto_de(version)},)


codigos = st.sampled_from(["PR-GT-01", "PR-GT-02", "=A-1", "'=A-1", "MAR-05", 'A;"1', "Ñ-01", "A-1"])


@given(st.lists(st.tuples(codigos, st.none() | textos), max_size=25))
def test_plegar_reemplazos_es_escribir_el_resultado_final(pasos: list[tuple[str, str | None]]) -> None:
    datos, final = b"", dict[str, dict[str, object]]()
    for codigo, titulo in pasos:
        nueva = None if titulo is None else fila(codigo, titulo)
        datos = reemplazar(datos, codigo, nueva, COLUMNAS)
        if nueva is None:
            final.pop(codigo, None)
        else:
            final[codigo] = nueva
    esperado = a_csv(tabla(*(final[c] for c in sorted(final))))
    assert datos == (esperado if pasos else b"")


def test_reemplazar_no_toca_los_bytes_de_las_otras_filas() -> None:
    ajena = 'Z-1;"comillas de más";v01;09-03-2026;3'
    antes = BOM + f"Código;Título;Versión;Vigente desde;Cuántos\nA-1;x;v01;;\n{ajena}\n".encode()
    despues = reemplazar(antes, "A-1", None, COLUMNAS)
    assert despues == BOM + f"Código;Título;Versión;Vigente desde;Cuántos\n{ajena}\n".encode()


@pytest.mark.parametrize(
    ("cuerpo", "dice"),
    [
        ("Código;Otro\n", "encabezado"),
        ("Código;Título;Versión;Vigente desde;Cuántos\nA;B\n", "2 celdas"),
        ("Código;Título;Versión;Vigente desde;Cuántos\nA;B;v1;31-02-2026;1\n", "31-02-2026"),
        ("Código;Título;Versión;Vigente desde;Cuántos\nA;B;v1;;uno\n", "uno"),
    ],
)
def test_una_lista_tocada_a_mano_se_rechaza(cuerpo: str, dice: str) -> None:
    with pytest.raises(IntegridadRota, match=dice):
        leer(BOM + cuerpo.encode(), COLUMNAS)


def test_una_lista_en_otra_codificacion_se_rechaza() -> None:
    with pytest.raises(IntegridadRota, match="UTF-8"):
        reemplazar("Código".encode("cp1252"), "A-1", None, COLUMNAS)


def test_el_resumen_cambia_con_el_contenido() -> None:
    assert resumen(tabla(fila("A-1"))) == resumen(tabla(fila("A-1")))
    assert resumen(tabla(fila("A-1"))) != resumen(tabla(fila("A-1", version="02")))
