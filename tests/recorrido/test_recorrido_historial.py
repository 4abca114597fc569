"""`historial` por la línea de comandos: qué movimientos, en qué forma, y desde cuándo un documento dice algo."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from casa import Casa, Reloj, revisar_lengua
from navegador import auditar

from sgc_gt.cli.historial_texto import en_renglones
from sgc_gt.consultas.historial import Filtro, filtrado
from sgc_gt.consultas.historial_palabras import en_pantalla
from sgc_gt.contexto import Vista
from sgc_gt.repositorio.repositorio import Repositorio

FRASE = "En Ñuble la postulación se recibe en papel."
OTRA = "En Ñuble y en Aysén la postulación se recibe en papel."


@pytest.fixture
def anual(anio: Path, reloj: Reloj) -> Casa:
    """El año de demostración, solo para consultarlo."""
    return Casa(anio, reloj)


def de(casa: Casa, linea: str) -> list[tuple[str, int]]:
    """(código, número) de lo que la consulta devuelve."""
    return [(f["codigo"], f["n"]) for f in casa.hace(f"historial {linea}")]


def test_los_filtros_se_suman_y_dan_lo_que_habria_en_el_total(anual: Casa) -> None:
    todo = anual.hace("historial")

    for linea, esperado in (
        ("--acto aprobar", lambda f: f["acto"] == "aprobar"),
        ("--persona SDN@senopl.example", lambda f: "sdn@senopl.example" in (f["correo"], f["registra"])),
        ("--de dn", lambda f: f["cargo"] == "dn"),
        ("--de 'director/a nacional'", lambda f: f["cargo"] == "dn"),
        ("--desde 01-03-2024 --hasta 30-04-2024", lambda f: "2024-03-01" <= f["fecha"] <= "2024-04-30"),
        ("--hasta 2024-03-31 --por-registro", lambda f: f["registrado"][:10] <= "2024-03-31"),
        ("pr-fom-03 sistema", lambda f: f["codigo"] in ("PR-FOM-03", "SISTEMA")),
        ("RG-GT-05", lambda f: f["codigo"].startswith("RG-GT-05/")),
        ("PR-FOM-03 --de dn --acto aprobar", lambda f: (f["codigo"], f["acto"]) == ("PR-FOM-03", "aprobar")),
    ):
        suyos = [(f["codigo"], f["n"]) for f in todo if esperado(f)]
        assert suyos, linea
        assert de(anual, linea) == suyos, linea


def test_lo_sabido_a_una_fecha_no_conoce_lo_que_vino_despues(anual: Casa) -> None:
    """El Plan se aprobó en marzo y en marzo se devolvió: en febrero nadie lo sabía."""
    devuelto = next(f for f in anual.hace("historial PL-GT-01") if f["acto"] == "devolver")
    aprobado = next(f for f in anual.hace("historial PL-GT-01") if f["sin_efecto"] == devuelto["n"])
    antes = anual.hace(f"historial PL-GT-01 --sabido-al {aprobado['registrado'][:10]}")

    assert devuelto["registrado"][:10] > aprobado["registrado"][:10]
    assert antes[-1]["registrado"] <= devuelto["registrado"]
    assert next(f for f in antes if f["n"] == aprobado["n"])["sin_efecto"] is None
    entonces = anual.hace("historial PR-FOM-03 --anotado --sabido-al 2024-03-31")
    assert (entonces["version"], len(entonces["versiones"])) == ("01", 1)
    assert "31-03-2024" in entonces["avisos"][0]


def test_en_pantalla_dice_quien_en_que_calidad_quien_lo_anoto_y_con_que(anual: Casa) -> None:
    texto = anual.dice("historial PR-FOM-03")
    aprobacion = next(f for f in anual.hace("historial PR-FOM-03") if f["calidad"] == "(S)")

    linea = next(x for x in texto.splitlines() if "(S)" in x)
    for dicho in (
        "Director/a Nacional (S)",
        aprobacion["correo"],
        f"registrado con respaldo por {aprobacion['registra']}",
        "resolución exenta N°",
        aprobacion["codigo_verificacion"],
    ):
        assert dicho in linea
    assert "PR-FOM-03  comenzar a regir" in anual.dice("historial --acto regir")
    assert re.fullmatch(r"([0-9A-F]{4}-){3}[0-9A-F]{4}", aprobacion["codigo_verificacion"])


def test_en_una_consola_angosta_cada_movimiento_se_lee_de_corrido(anual: Casa) -> None:
    vista = Vista(repo := Repositorio.abrir(anual.raiz), repo.cabeza())
    filtro = Filtro(("PR-FOM-03",))
    tabla = en_pantalla(
        vista,
        [
            {**f, "firma": "SHA256:" + "x" * 43, "firma_comprobada": "firmado"}
            for f in filtrado(vista, filtro)
        ],
        filtro,
    )

    texto = en_renglones(tabla, 80)

    assert max(map(len, texto.splitlines())) <= 80
    aprobacion = next(b for b in texto.split("\n\n") if "(S)" in b)
    assert re.match(r"12  \d\d-04-2024  aprobar, versión 02\n    Director/a Nacional \(S\), sdn@", aprobacion)
    assert "firmado, SHA256:xxxxxxxx…" in " ".join(aprobacion.split())


def test_la_planilla_trae_cada_movimiento_entero(anual: Casa, tmp_path: Path) -> None:
    valor = anual.hace("historial PR-FOM-03 -o", str(tmp_path / "h.csv"))
    filas = anual.hace("historial PR-FOM-03")

    leidas = list(csv.DictReader((tmp_path / "h.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert valor["movimientos"] == len(leidas) == len(filas)
    assert [f["Huella"] for f in leidas] == [f["huella"] for f in filas]
    assert [f["Identificador en la historia"] for f in leidas] == [f["commit"] for f in filas]
    resolucion = next(f for f in leidas if f["Calidad"] == "(S)")
    assert resolucion["Fundamento de la calidad"]
    assert re.fullmatch(r"[0-9a-f]{64}", resolucion["SHA-256 de los archivos del respaldo"])


@pytest.mark.parametrize(
    ("linea", "codigo", "dice"),
    [
        ("historial PR-FOM-99", 2, "PR-FOM-03"),
        ("historial --persona sdn@senopl.exampl", 2, "¿quiso decir sdn@senopl.example"),
        ("historial --de director", 2, "el cargo «director» no existe"),
        ("historial --acto firmar", 2, "no existe el movimiento «firmar»"),
        ("historial --desde 31-02-2024", 2, "revise el día y el mes"),
        ("historial --desde 02-02-2024 --hasta 01-02-2024", 2, "termina antes de empezar"),
        ("historial PR-FOM-03 --parrafo 'subsidio' --acto aprobar", 2, "por separado"),
        ("historial PR-FOM-03 --parrafo '…'", 2, "falta lo que el documento dice"),
        ("historial --parrafo subsidio", 2, "un solo documento"),
        ("historial PR-FOM-03 --version 01", 2, "--anotado"),
        ("historial PR-FOM-03 --anotado --formato csv", 2, "texto o html"),
        ("historial PR-FOM-03 --parrafo subsidio --version 07", 2, "versión «07»"),
        ("historial PR-FOM-03 --parrafo subsidio --seccion 77", 2, "no hay una sección «77»"),
        (
            "historial PR-FOM-03 --parrafo 'las rejiones sin senal postulan por radio y papel'",
            2,
            "En las regiones con localidades sin señal",
        ),
        ("historial RG-GT-05/2024/001 --parrafo acuerdo", 2, "un registro no tiene versiones"),
        ("historial PR-FOM-03 --parrafo 'Página'", 2, "en su encabezado o pie"),
        ("historial PR-FOM-03 --parrafo 'xilófono kazajo'", 2, "copie unas palabras seguidas"),
        (
            "historial PR-FOM-03 --parrafo 'localidades sin señal' --version 01",
            2,
            "no dice «localidades sin señal»",
        ),
    ],
)
def test_lo_que_no_se_puede_responder_se_dice(anual: Casa, linea: str, codigo: int, dice: str) -> None:
    salida = anual.orden(linea)

    error = salida.valor["error"]
    assert salida.codigo == codigo
    assert dice in str(error), error
    for clave in ("mensaje", "hacer"):
        revisar_lengua(error[clave])


def test_un_parrafo_responde_version_motivo_y_quien_aprobo(anual: Casa) -> None:
    valor = anual.hace("historial PR-FOM-03 --parrafo 'LOCALIDADES sin senal'")
    movimientos = {f["n"]: f for f in anual.hace("historial PR-FOM-03")}

    [hallado] = valor["hallazgos"]
    desde = hallado["desde"]
    [aprobacion] = desde["aprobaciones"]
    assert (hallado["seccion"], desde["version"]) == ("2 Alcance", "02")
    assert desde["motivo"] == movimientos[8]["motivo"]
    assert (aprobacion["n"], aprobacion["commit"]) == (12, movimientos[12]["commit"])
    assert (desde["emision"]["n"], desde["emision"]["commit"]) == (13, movimientos[13]["commit"])
    assert [c["tipo"] for c in hallado["cadena"]] == ["agregado"]
    dicho = anual.dice("historial PR-FOM-03 --parrafo 'localidades sin señal'")
    assert "la versión 02, desde el" in dicho
    assert "Director/a Nacional (S), sdn@senopl.example" in dicho
    assert max(map(len, dicho.splitlines())) <= 100


def test_un_parrafo_recuerda_sus_redacciones_y_un_borrador_no_rige(casa: Casa) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo 'Incorpora a la región de Ñuble'")
    casa.editar("PR-FOM-01", FRASE)
    casa.hace("entregar PR-FOM-01", de="cr1")
    casa.hasta("PR-FOM-01", "emitir")
    casa.hace("nueva-version PR-FOM-01 --motivo 'Incorpora a la región de Aysén'")
    corregir(casa.ruta("documentos/FOM/PR-FOM-01/borrador/PR-FOM-01_v03.docx"), FRASE, OTRA)
    casa.hace("entregar PR-FOM-01", de="cr1")

    [vigente] = casa.hace("historial PR-FOM-01 --parrafo 'se recibe en papel'")["hallazgos"]
    [borrador] = casa.hace("historial PR-FOM-01 --version borrador --parrafo 'se recibe en papel'")[
        "hallazgos"
    ]

    assert (vigente["texto"], vigente["desde"]["motivo"]) == (FRASE, "Incorpora a la región de Ñuble")
    assert [(c["version"], c["texto"]) for c in borrador["cadena"]] == [("03", OTRA), ("02", FRASE)]
    assert borrador["desde"]["aprobaciones"] == []
    assert borrador["palabras_desde"] == "02"
    assert "las buscadas ya estaban en la versión 02, desde el 10-03-2025" in casa.dice(
        "historial PR-FOM-01 --version borrador --parrafo 'se recibe en papel'"
    )
    assert "todavía no rige" in casa.dice("historial PR-FOM-01 --version borrador --parrafo Aysén")
    casa.negada("historial PR-FOM-01 --version 01 --parrafo Ñuble", codigo=2, dice="no dice «Ñuble»")
    anotado = casa.dice("historial PR-FOM-01 --anotado --seccion objetivo")
    assert re.search(r"^  01  \(el título\)$", anotado, re.MULTILINE)
    assert re.search(rf"^  02  {FRASE}$", anotado, re.MULTILINE)


def corregir(archivo: Path, viejo: str, nuevo: str) -> None:
    """Alguien cambia un párrafo en Word y guarda."""
    import docx  # noqa: PLC0415

    documento = docx.Document(str(archivo))
    [parrafo] = [p for p in documento.paragraphs if p.text == viejo]
    parrafo.text = nuevo
    documento.save(str(archivo))


def test_las_paginas_se_bastan_solas(anual: Casa, tmp_path: Path) -> None:
    for linea, dice in (
        ("historial", "Historial del servicio"),
        ("historial PR-FOM-03 --anotado", "Desde qué versión dice cada cosa"),
        (
            "historial PR-FOM-03 --parrafo 'localidades sin señal'",
            "¿Desde cuándo dice «localidades sin señal»?",
        ),
    ):
        pagina = tmp_path / "pagina.html"
        assert anual.hace(f"{linea} -o", str(pagina))["archivo"] == str(pagina)
        html = pagina.read_text("utf-8")
        assert dice in html
        assert not re.search(r"(src|href)=\"(?!#)|url\(|@import", html), linea
    anual.hace("historial PR-FOM-03 --formato html -o", str(tmp_path))
    assert "<b>poner en vigencia" in (tmp_path / "historial_PR-FOM-03.html").read_text("utf-8")


@pytest.mark.navegador
def test_las_paginas_las_puede_leer_cualquiera(anual: Casa, tmp_path: Path) -> None:
    for linea in ("historial PL-GT-01", "historial PR-FOM-03 --anotado"):
        anual.hace(f"{linea} -o", str(tmp_path / "p.html"))
        resultado = auditar((tmp_path / "p.html").read_text("utf-8"), tmp_path)

        assert resultado["fallas"] == [], linea
        assert resultado["revisadas"] > 10
