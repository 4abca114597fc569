"""`comparar` por la línea de comandos: qué versiones, qué archivos, y qué se dice cuando no se puede."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from casa import Casa, escribir_en_word, mandar, revisar_lengua
from mini_docx import mini_docx

FRASE = "En Ñuble la postulación se recibe en papel."


@pytest.fixture
def con_borrador(casa: Casa) -> Casa:
    """PR-FOM-01 con su versión 01 vigente y un borrador de la 02 con un párrafo más, entregado."""
    casa.hace("nueva-version PR-FOM-01 --motivo 'Incorpora a la región de Ñuble'")
    casa.editar("PR-FOM-01", FRASE)
    casa.hace("entregar PR-FOM-01", de="cr1")
    return casa


def agregados(valor: dict[str, object]) -> list[tuple[str, str]]:
    """(sección, texto) de lo agregado."""
    return [
        (s["seccion"], c["despues"])
        for s in valor["secciones"]  # type: ignore[attr-defined]
        for c in s["cambios"]
        if c["tipo"] == "agregado"
    ]


def test_sin_decir_versiones_es_la_vigente_contra_el_borrador(con_borrador: Casa) -> None:
    valor = con_borrador.hace("comparar pr-fom-01")

    assert (valor["antes"]["version"], valor["despues"]["version"]) == ("01", "02")
    assert agregados(valor) == [("1 Objetivo", FRASE)]
    assert {z["zona"] for z in valor["zonas"]} >= {"version", "estado", "cambios"}


def test_en_pantalla_se_lee_por_seccion_en_ochenta_columnas(con_borrador: Casa) -> None:
    texto = con_borrador.dice("comparar PR-FOM-01 vigente borrador")

    assert "1 Objetivo\n  agregado    {+En Ñuble la postulación se recibe en papel.+}" in texto
    assert "Versión: [-01-] {+02+}" in texto
    assert max(map(len, texto.splitlines())) <= 80
    assert "\x1b[" not in texto


def test_cualquier_par_de_versiones_y_de_envios(con_borrador: Casa) -> None:
    casa = con_borrador
    casa.hace("enviar PR-FOM-01", de="cr1")
    casa.hace("devolver PR-FOM-01 --texto 'Falta la región de Aysén'", de="egt")
    escribir_en_word(
        casa.ruta("documentos/FOM/PR-FOM-01/borrador/PR-FOM-01_v02.docx"), "En Aysén, por radio."
    )
    casa.hace("entregar PR-FOM-01", de="cr1")
    casa.hace("enviar PR-FOM-01", de="cr1")

    assert agregados(casa.hace("comparar PR-FOM-01 02-b1 02-b2")) == [("1 Objetivo", "En Aysén, por radio.")]
    assert casa.hace("comparar PR-FOM-01 02-b2 02")["iguales"]
    assert [s["cambios"][0]["tipo"] for s in casa.hace("comparar PR-FOM-01 02 01")["secciones"]] == [
        "suprimido"
    ]
    assert casa.hace("comparar PR-FOM-01 02-b1")["antes"]["version"] == "01"


def test_una_version_contra_un_archivo_suelto(con_borrador: Casa, tmp_path: Path) -> None:
    casa = con_borrador
    casa.hace("copia PR-FOM-01 --version 01 -o", str(tmp_path / "suya.docx"))
    suya = docx.Document(str(tmp_path / "suya.docx"))
    suya.add_paragraph("Un párrafo que alguien agregó en su copia.")
    suya.save(str(tmp_path / "suya.docx"))

    valor = casa.hace("comparar PR-FOM-01 vigente", str(tmp_path / "suya.docx"))

    assert [texto for _, texto in agregados(valor)] == ["Un párrafo que alguien agregó en su copia."]
    assert valor["despues"]["archivo"] == "suya.docx"


def test_lo_que_esta_en_la_carpeta_sin_entregar_se_avisa(con_borrador: Casa) -> None:
    con_borrador.editar("PR-FOM-01", "Todavía sin entregar.")

    dicho = con_borrador.dice("comparar PR-FOM-01")

    assert "Todavía sin entregar." not in dicho
    assert "cambios sin entregar" in dicho
    ruta = dicho.rsplit("sgc-gt comparar PR-FOM-01 ", 1)[1].strip()
    assert "Todavía sin entregar." in con_borrador.dice("comparar PR-FOM-01", str(con_borrador.ruta(ruta)))


def test_comparar_no_cambia_nada(con_borrador: Casa) -> None:
    with con_borrador.nada_cambia():
        con_borrador.hace("comparar PR-FOM-01")


@pytest.mark.parametrize(
    ("linea", "codigo", "dice"),
    [
        ("comparar PR-FOM-01 01 07", 2, "01 (vigente), 02 (borrador)"),
        ("comparar PR-FOM-01 02-b4", 2, "no tiene un envío 4"),
        ("comparar PR-FOM-99", 2, "PR-FOM-01"),
        ("comparar PR-FOM-01 vigente noesta.docx", 2, "no existe"),
        ("comparar PR-FOM-01 01 02 03", 2, "no se entiende qué comparar"),
        ("comparar", 2, "falta COD"),
    ],
)
def test_lo_que_no_se_puede_comparar_se_dice(con_borrador: Casa, linea: str, codigo: int, dice: str) -> None:
    con_borrador.negada(linea, codigo=codigo, dice=dice)


def test_con_una_sola_version_no_hay_con_que_comparar(casa: Casa) -> None:
    casa.negada("comparar PR-FOM-01", codigo=2, dice="no hay otra versión con qué comparar")


# ---- dos archivos sueltos, sin servicio -------------------------------------------------------------------


def sueltos(
    carpeta: Path, antes: bytes, despues: bytes, *mas: str, nombres: tuple[str, str] = ("a.docx", "b.docx")
) -> str:
    rutas = [carpeta / n for n in nombres]
    for ruta, contenido in zip(rutas, (antes, despues), strict=True):
        ruta.write_bytes(contenido)
    salida = mandar(["comparar", *map(str, rutas), *mas])
    assert salida.codigo == 0, salida
    for linea in salida.avisos.splitlines():
        revisar_lengua(linea)
    return salida.texto + salida.avisos


def test_dos_archivos_sueltos(tmp_path: Path) -> None:
    dicho = sueltos(
        tmp_path,
        mini_docx("T1 Plazos / p Se responde en cinco días.", encabezado="p Servicio A"),
        mini_docx("T1 Plazos / p Se responde en diez días.", encabezado="p Servicio B"),
    )

    assert "Antes:    a.docx" in dicho
    assert "Se responde en [-cinco-]{+diez+} días." in dicho
    assert "Encabezado\n  modificado  Servicio [-A-]{+B+}" in dicho


def test_el_mismo_archivo_se_dice(tmp_path: Path) -> None:
    igual = mini_docx("p Uno")

    assert "Los dos archivos son el mismo, byte por byte." in sueltos(tmp_path, igual, igual)


def test_lo_mismo_guardado_por_otro_programa_se_dice(tmp_path: Path) -> None:
    uno = mini_docx("p Uno")
    otro = mini_docx("p Uno", partes={"docProps/custom.bin": b"x"})

    assert "Dicen lo mismo" in sueltos(tmp_path, uno, otro)


def test_archivos_que_no_son_de_word(tmp_path: Path) -> None:
    dicho = sueltos(tmp_path, b"a;b\n", b"a;b;c\n", nombres=("a.csv", "b.csv"))

    assert "Los archivos son distintos" in dicho
    assert "4 bytes" in dicho
    assert "6 bytes" in dicho
    assert dicho.count("sha256 ") == 2


def test_cambios_marcados_sin_aceptar_se_avisan(tmp_path: Path) -> None:
    marcado = 'xml <w:p><w:ins w:id="1" w:author="x"><w:r><w:t>nuevo</w:t></w:r></w:ins></w:p>'

    assert "b.docx trae cambios marcados sin aceptar" in sueltos(
        tmp_path, mini_docx("p Uno"), mini_docx(marcado)
    )


def test_un_archivo_danado_es_una_oracion(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"no es un zip")
    salida = mandar(["comparar", str(tmp_path / "a.docx"), str(tmp_path / "a.docx")])

    assert salida.codigo == 1
    assert salida.avisos.startswith("No se hizo. ")


def test_a_un_archivo_de_texto(tmp_path: Path) -> None:
    destino = tmp_path / "dif.txt"
    sueltos(tmp_path, mini_docx("p Uno"), mini_docx("p Dos"), "-o", str(destino))

    assert "[-Uno-]" in destino.read_text("utf-8")
