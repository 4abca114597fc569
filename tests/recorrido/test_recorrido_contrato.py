"""El contrato de la línea de comandos: claves de --json, códigos de término, opciones globales y ayuda."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from casa import INGLES, SIN_TILDE, Casa, Reloj, mandar

from sgc_gt.cli import sesion
from sgc_gt.cli.tareas import ORDENES

ACTO = {"codigo", "version", "estado", "commit", "origen"}
CREADO = {"codigo", "version", "archivo"}
ESTADO = {"codigo", "titulo", "tipo", "version", "estado", "vigente_desde", "proxima_revision", "turno"}
HISTORIAL = {
    "n",
    "acto",
    "version",
    "cargo",
    "correo",
    "registra",
    "origen",
    "fecha",
    "registrado",
    "commit",
    "huella",
    "firma",
    "evidencia",
}
REGISTROS = {
    "codigo",
    "nombre",
    "procedimiento",
    "responsable",
    "almacenamiento",
    "proteccion",
    "recuperacion",
    "retencion",
    "disposicion",
    "presentes",
    "falta",
}
NUEVA = "nueva-version PR-FOM-01 --motivo Cambio"
CLAVE = re.compile(r"[a-z][a-z0-9_]*")


def claves(valor: Any) -> set[str]:
    if isinstance(valor, list):
        return claves(valor[0])
    return set(valor)


def test_claves_de_las_consultas(demo: Casa) -> None:
    for linea, exigidas in (
        ("tipos", {"tipo", "nombre", "prefijo", "clase", "circuito"}),
        ("estado", ESTADO),
        ("estado PR-FOM-03", ESTADO),
        ("historial", HISTORIAL),
        ("historial PR-FOM-03", HISTORIAL),
        ("historial --de dn --acto aprobar", HISTORIAL | {"calidad", "codigo_verificacion", "sin_efecto"}),
        ("historial PR-FOM-03 --anotado", {"codigo", "version", "hallazgos", "versiones", "avisos"}),
        ("registros --periodo 2024", REGISTROS),
        ("verificar", {"ok", "revisado", "alertas"}),
    ):
        valor = demo.hace(linea)
        assert exigidas <= claves(valor), (linea, claves(valor))
        _claves_en_ascii(valor)


def test_claves_de_lo_que_se_registra(casa: Casa) -> None:
    for linea, exigidas in (
        (NUEVA, CREADO),
        ("crear procedimiento --titulo T --area ATC --elabora cr1", CREADO),
        ("externo verificar EX-01", {"commit"}),
        ("registrar RG-GT-04 --fecha 2025-03-07 --ubicacion SIG", {"codigo", "archivo", "commit"}),
        ("subrogar dn --por sdn --desde 2025-03-01 --base 'Ley 18.834'", {"commit"}),
    ):
        valor = casa.hace(linea)
        assert exigidas <= claves(valor), (linea, claves(valor))
        _claves_en_ascii(valor)


def _claves_en_ascii(valor: Any) -> None:
    if isinstance(valor, dict):
        for clave, dentro in valor.items():
            assert CLAVE.fullmatch(clave) or "/" in clave or "." in clave, clave
            _claves_en_ascii(dentro)
    elif isinstance(valor, list):
        for dentro in valor:
            _claves_en_ascii(dentro)


def test_claves_de_los_actos_del_circuito(casa: Casa) -> None:
    casa.hace(NUEVA)
    assert claves(casa.hace("generar PR-FOM-01", de="cr1")) >= CREADO
    casa.editar("PR-FOM-01", "Una frase.")
    entrega = casa.hace("entregar PR-FOM-01", de="cr1")
    assert claves(entrega["cambios"]) == {"seccion", "situacion", "cambios"}
    assert {"tipo", "antes", "despues"} <= claves(entrega["cambios"][0]["cambios"])
    for acto, de in (
        ("enviar", "cr1"),
        ("retirar", "cr1"),
        ("enviar", "cr1"),
        ("revisar", "egt"),
        ("aprobar", "dn"),
        ("emitir", "cdoc"),
    ):
        assert claves(casa.hace(f"{acto} PR-FOM-01", de=de)) >= ACTO, acto
    for linea, de in (("mantener PR-FOM-01", "cr1"), ("dejar-sin-efecto PR-FOM-01 --motivo x", "dn")):
        assert claves(casa.hace(linea, de=de)) >= ACTO


def test_claves_de_lo_que_deja_archivos(casa: Casa, tmp_path: Path) -> None:
    copia = casa.hace("copia PR-FOM-01 -o", str(tmp_path))
    assert copia == {
        "archivo": str(tmp_path / "PR-FOM-01_v01.docx"),
        "version": "01",
        "estado": "vigente",
        "marca": "",
        "avisos": [],
    }
    for formato in ("xlsx", "docx", "csv"):
        archivos = casa.hace(f"listas --formato {formato} -o", str(tmp_path / formato))["archivos"]
        assert [Path(a).suffix for a in archivos] == [f".{formato}"] * 4
        assert all(Path(a).is_file() for a in archivos)


def test_iniciar_responde_su_raiz(tmp_path: Path, reloj: Reloj) -> None:
    salida = mandar(["--json", "iniciar", str(tmp_path / "nuevo")])
    assert salida.codigo == 0
    assert Path(salida.valor["raiz"]) == tmp_path / "nuevo"
    informe = mandar(["--json", "--repo", str(tmp_path / "nuevo"), "verificar"])
    assert (informe.codigo, informe.valor["ok"]) == (0, True)


def test_el_estado_muestra_de_quien_es_el_turno(demo: Casa) -> None:
    filas = demo.hace("estado")
    assert len({(f["codigo"], f["version"]) for f in filas}) == len(filas)
    [borrador] = [f for f in filas if f["estado"] == "borrador"]
    assert (borrador["codigo"], borrador["version"], borrador["turno"]) == ("PR-GT-01", "02", ["egt"])


@pytest.mark.parametrize(
    ("linea", "codigo", "clase"),
    [
        ("estado", 0, ""),
        ("aprobar PR-FOM-01", 1, "acto_no_permitido"),
        ("estado PR-XX-99", 2, "no_encontrado"),
        ("estado --fecha ayer", 2, "uso"),
        ("estadp", 2, "uso"),
        ("estado --nada", 2, "uso"),
        ("enviar", 2, "uso"),
        ("crear", 2, "uso"),
        ("crear procedimiento", 2, "uso"),
        ("crear procedimiento --titulo", 2, "uso"),
        ("listas --formato pdf", 2, "uso"),
        ("estado PR-FOM-01 sobra", 2, "uso"),
    ],
)
def test_codigos_de_termino(casa: Casa, linea: str, codigo: int, clase: str) -> None:
    if not codigo:
        assert casa.orden(linea).codigo == 0
        return
    error = casa.negada(linea, codigo=codigo)
    assert error["clase"] == clase


def test_la_integridad_rota_termina_en_3(casa: Casa) -> None:
    casa.adulterada = True
    casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx").write_bytes(b"x")
    assert casa.orden("verificar").codigo == 3
    assert casa.orden("verificar", json=False).codigo == 3


def test_un_defecto_del_programa_termina_en_70_y_deja_un_registro(
    casa: Casa, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def roto() -> None:
        raise RuntimeError("se rompió")

    monkeypatch.setattr(sesion, "reloj", roto)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(AssertionError, match="se rompió"):
        casa.orden("estado")
    [registro] = tmp_path.glob("*.log")
    assert "RuntimeError" in registro.read_text("utf-8")


@pytest.mark.parametrize(
    "forma",
    [
        "--repo {r} --json estado PR-FOM-01",
        "estado PR-FOM-01 --json --repo {r}",
        "--json estado --repo {r} PR-FOM-01",
        "estado --repo={r} PR-FOM-01 --json",
    ],
)
def test_las_opciones_globales_valen_antes_y_despues(casa: Casa, forma: str) -> None:
    salida = mandar(forma.format(r=casa.raiz).split())
    assert [f["codigo"] for f in salida.valor] == ["PR-FOM-01"]


@pytest.mark.parametrize("forma", ["--como {p} aprobar PR-FOM-01", "aprobar PR-FOM-01 --como {p}"])
def test_como_y_cargo_valen_antes_y_despues(casa: Casa, forma: str) -> None:
    error = casa.negada(forma.format(p="nadie@senopl.example"))
    assert "nadie@senopl.example" in error["mensaje"] or "Vigente" in error["mensaje"]


def test_encuentra_el_servicio_hacia_arriba(casa: Casa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(casa.ruta("documentos/FOM"))
    assert mandar(["--json", "estado", "PR-FOM-01"]).codigo == 0
    monkeypatch.chdir(casa.raiz.parent)
    assert mandar(["--json", "estado"]).codigo == 2


@pytest.mark.parametrize("nombre", sorted(ORDENES))
def test_toda_orden_tiene_ayuda_con_un_ejemplo_en_espanol(nombre: str) -> None:
    salida = mandar([nombre, "--help"])
    assert salida.codigo == 0
    ayuda = salida.texto
    assert f"Ejemplo: sgc-gt {nombre}" in re.sub(r"\s+", " ", ayuda) or "Ejemplo: sgc-gt" in ayuda
    assert ayuda.startswith(f"Uso: sgc-gt {nombre}")
    assert "[required]" not in ayuda
    _sin_ingles(ayuda)


def test_la_ayuda_general_nombra_todas_las_ordenes_sin_cortar_frases() -> None:
    ayuda = mandar(["--help"]).texto
    for nombre in ORDENES:
        assert re.search(rf"^  {nombre}\s", ayuda, re.MULTILINE), nombre
    assert "..." not in ayuda
    assert ayuda.startswith("Uso: sgc-gt ")
    for renglon in (r for r in ayuda.splitlines() if re.match(r"  [a-z-]+ ", r)):
        assert renglon.endswith("."), "cada orden se dice en un renglón"
    _sin_ingles(ayuda)


def _sin_ingles(ayuda: str) -> None:
    prosa = re.sub(r"--[\w-]+|\[?[A-Z]{2,}\S*|\"[^\"]*\"|sgc-gt( [\w-]+)?", "", ayuda)
    hallado = INGLES.search(prosa) or SIN_TILDE.search(prosa)
    assert hallado is None, f"«{hallado.group()}» en la ayuda:\n{ayuda}"


@pytest.mark.parametrize(
    ("linea", "dice"),
    [
        ("auditar --muestra 0", "--muestra: «0» no sirve.\n  Se esperaba: un número entero desde 1"),
        (
            "distribuir PR-GT-01 --copia piedra",
            "--copia: «piedra» no sirve.\n  Se esperaba: papel, electronica",
        ),
        ("solicitar", "Falta QUÉ.\n  Se esperaba: creacion, modificacion"),
        ("estado a b c", "La orden no lleva «b c».\n  Qué hacer: vea la ayuda con: sgc-gt estado --help"),
    ],
)
def test_lo_que_no_se_entiende_se_cita_con_lo_que_se_admite(linea: str, dice: str) -> None:
    salida = mandar(linea.split())
    assert salida.codigo == 2
    assert dice in salida.avisos


def test_la_orden_mal_escrita_recibe_una_sugerencia(casa: Casa) -> None:
    salida = casa.orden("estadp", json=False)
    assert salida.codigo == 2
    assert "estado" in salida.avisos
    assert salida.texto == ""


def test_un_rechazo_en_pantalla_son_oraciones(casa: Casa) -> None:
    """Mayúscula después de punto, lo esperado y qué hacer en su línea; nada en la salida."""
    salida = casa.orden("aprobar PR-FOM-01", json=False)
    assert salida.texto == ""
    primera, *resto = salida.avisos.splitlines()
    assert re.match(r"No se hizo\. (\S+: )?[A-ZÁÉÍÓÚ«]", primera), primera
    assert any(linea.strip().startswith("Qué hacer: ") for linea in resto)


def test_json_va_solo_en_la_salida_y_los_avisos_aparte(anio: Path, tmp_path: Path) -> None:
    hecho = subprocess.run(
        [sys.executable, "-m", "sgc_gt", "--repo", str(anio), "estado", "--json"],
        capture_output=True,
        check=True,
        cwd=tmp_path,
    )
    assert isinstance(json.loads(hecho.stdout), list)
    assert hecho.stderr == b""


def test_las_consultas_no_escriben_nada(casa: Casa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # `listas --json` sin carpeta las deja donde está la persona
    casa.hace(NUEVA)
    consultas = (
        "estado",
        "estado PR-FOM-01",
        "historial",
        "tipos",
        "registros",
        "listas",
        "verificar",
        f"copia PR-FOM-01 --version borrador -o {tmp_path}/c.docx",
        f"listas --formato xlsx -o {tmp_path}/l",
    )
    with casa.nada_cambia():
        for consulta in consultas:
            assert casa.orden(consulta).codigo == 0, consulta


@pytest.mark.parametrize(
    ("linea", "esperado"),
    [
        ("copia PR-FOM-01 --version 01", ("01", "obsoleto", "DOCUMENTO OBSOLETO")),
        ("copia PR-FOM-01", ("02", "vigente", "")),
        ("copia PR-FOM-01 --version vigente", ("02", "vigente", "")),
        ("copia PR-FOM-01 --version borrador", ("03", "borrador", "BORRADOR")),
        ("copia PR-FOM-01 --fecha 2025-03-05", ("01", "obsoleto", "DOCUMENTO OBSOLETO")),
    ],
)
def test_la_copia_lleva_la_marca_de_lo_que_es_hoy(
    casa: Casa, tmp_path: Path, linea: str, esperado: tuple[str, str, str]
) -> None:
    """También la que regía en otra fecha: bajada hoy, no puede salir como si rigiera."""
    casa.hace(NUEVA)
    casa.hasta("PR-FOM-01", "emitir")
    casa.reloj.dia("2025-03-11")
    casa.hace("nueva-version PR-FOM-01 --motivo Otra")
    r = casa.hace(f"{linea} -o", str(tmp_path / "copia.docx"))
    version, estado, marca = esperado
    assert (r["version"], r["estado"]) == (version, estado)
    with zipfile.ZipFile(r["archivo"]) as paquete:
        encabezados = "".join(paquete.read(n).decode() for n in paquete.namelist() if "header" in n)
    assert (f'string="{marca}"' in encabezados) if marca else ("PowerPlusWaterMarkObject" not in encabezados)


@pytest.mark.parametrize(
    "destino",
    [
        "sgc.yaml",
        "documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx",
        "documentos/FOM",
        "registros/lista_maestra",
        "plantillas_docx/procedimiento.docx",
        ".git/config",
    ],
)
def test_una_copia_no_se_deja_entre_los_archivos_controlados(casa: Casa, destino: str) -> None:
    casa.negada("copia PR-FOM-01 -o", str(casa.ruta(destino)), codigo=2)


def test_el_codigo_en_minusculas_se_entiende_o_se_sugiere(casa: Casa) -> None:
    salida = casa.orden("estado pr-fom-01")
    assert salida.codigo == 0 or "PR-FOM-01" in json.dumps(salida.valor), salida
