"""La misma entrada da los mismos bytes; y los documentos de la demostración son Word válido que LibreOffice abre."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from casa import Casa, leer_en_voz_alta, texto_de
from validador import errores_de

REFERENCIAS = ["git", "for-each-ref", "--format=%(refname) %(objectname)"]


def test_la_misma_secuencia_da_la_misma_historia(anio: Path, tmp_path: Path) -> None:
    """El año entero en otro proceso, otra carpeta, otro orden de conjuntos, otra zona y otro idioma del equipo."""
    assert os.environ.get("PYTHONHASHSEED") != "4242"
    otra = tmp_path / "otra carpeta, más larga"
    ambiente = {**os.environ, "PYTHONHASHSEED": "4242", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    orden = [sys.executable, "-m", "sgc_gt", "demo", str(otra), "--anio", "2024", "--json"]
    hecho = subprocess.run(orden, check=True, capture_output=True, env=ambiente, cwd=tmp_path)
    valor = json.loads(hecho.stdout)
    assert Path(valor["raiz"]) == otra
    assert {"PR-GT-01", "PL-GT-01", "PR-FOM-03"} <= set(valor["documentos"])
    assert "RG-SGC-05/2024/001" in valor["registros"]
    historias = [
        subprocess.run(REFERENCIAS, cwd=c, check=True, capture_output=True, text=True).stdout
        for c in (anio, otra)
    ]
    assert "refs/heads/main" in historias[0]
    assert historias[0] == historias[1]


@pytest.mark.parametrize("anio", ["2099", "1800", "0", "-1", "x"])
def test_la_demostracion_es_de_un_ano_que_ya_termino(casa: Casa, tmp_path: Path, anio: str) -> None:
    """Un año que no ha pasado dejaría movimientos del futuro: después nada más se podría registrar."""
    salida = casa.orden("demo", str(tmp_path / "d"), "--anio", anio)
    assert salida.codigo == 2, salida
    leer_en_voz_alta(salida.valor["error"])
    assert not (tmp_path / "d").exists()


def test_generar_otro_dia_da_los_mismos_bytes(casa: Casa, tmp_path: Path) -> None:
    """El borrador depende de la plantilla, los datos y la ficha; no del reloj."""
    casa.hace("nueva-version PR-FOM-01 --motivo x")
    otra = casa.copia(tmp_path / "otra")
    bytes_ = []
    for cual, dia in ((casa, "2025-03-10"), (otra, "2025-09-01")):
        casa.reloj.dia(dia)
        cual.hace("generar PR-FOM-01 --descartar-edicion", de="cr1")
        bytes_.append(cual.ruta("documentos/FOM/PR-FOM-01/borrador/PR-FOM-01_v02.docx").read_bytes())
    assert bytes_[0] == bytes_[1]


def documentos(anio: Path) -> list[Path]:
    return sorted(a for a in anio.glob("*/**/*.docx") if "plantillas_docx" not in a.parts)


@pytest.mark.validador
def test_todo_documento_de_la_demostracion_es_word_valido(anio: Path, tmp_path: Path) -> None:
    hallados = documentos(anio)
    assert len(hallados) >= 8
    assert errores_de(*hallados) == {}


@pytest.mark.validador
def test_una_copia_marcada_tambien_es_word_valido(demo: Casa, tmp_path: Path) -> None:
    copias = [
        Path(demo.hace(f"copia PR-GT-01 --version {v} -o", str(tmp_path / f"{v}.docx"))["archivo"])
        for v in ("01", "borrador")
    ]
    assert errores_de(*copias) == {}


@pytest.mark.libreoffice
def test_libreoffice_convierte_todo_documento_de_la_demostracion(anio: Path, tmp_path: Path) -> None:
    hallados = documentos(anio)
    perfil = f"-env:UserInstallation={(tmp_path / 'perfil').as_uri()}"
    orden = ["soffice", perfil, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path / "pdf")]
    subprocess.run([*orden, *map(str, hallados)], check=True, capture_output=True, timeout=300)
    hechos = {a.stem: a.read_bytes() for a in (tmp_path / "pdf").glob("*.pdf")}
    assert hechos.keys() == {a.stem for a in hallados}
    assert all(datos.startswith(b"%PDF-") and len(datos) > 10_000 for datos in hechos.values())


@pytest.mark.libreoffice
def test_un_borrador_guardado_en_libreoffice_llega_a_regir(casa: Casa, tmp_path: Path) -> None:
    """Guardar sin cambios no es un acto; guardar con cambios entrega solo eso; las zonas se recuperan al enviar."""
    casa.hace("nueva-version PR-FOM-01 --motivo x")
    borrador = casa.ruta("documentos/FOM/PR-FOM-01/borrador/PR-FOM-01_v02.docx")
    guardar_en_libreoffice(borrador, tmp_path)
    antes = casa.cabeza()
    assert casa.hace("entregar PR-FOM-01", de="cr1")["cambios"] == []
    assert casa.cabeza() == antes
    casa.editar("PR-FOM-01", "Escrito y guardado en LibreOffice.")
    guardar_en_libreoffice(borrador, tmp_path)
    dicho = casa.dice("entregar PR-FOM-01", de="cr1")
    assert "1 Objetivo: un cambio" in dicho
    assert dicho.count("Aviso") <= 3, dicho
    casa.hasta("PR-FOM-01", "emitir")
    texto = texto_de(casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v02.docx"))
    assert "Escrito y guardado en LibreOffice." in texto
    assert "BORRADOR" not in texto
    assert "Versión 02" in texto


def guardar_en_libreoffice(archivo: Path, carpeta: Path) -> None:
    perfil = f"-env:UserInstallation={(carpeta / 'perfil').as_uri()}"
    orden = ["soffice", perfil, "--headless", "--convert-to", "docx", "--outdir", str(carpeta / "guardado")]
    subprocess.run([*orden, str(archivo)], check=True, capture_output=True, timeout=120)
    archivo.write_bytes((carpeta / "guardado" / archivo.name).read_bytes())


@pytest.mark.libreoffice
def test_copia_en_pdf(demo: Casa, tmp_path: Path) -> None:
    r = demo.hace("copia PR-FOM-03 --version 01 --pdf -o", str(tmp_path))
    archivo = Path(r["archivo"])
    assert archivo.suffix == ".pdf"
    hecho = subprocess.run(["pdftotext", str(archivo), "-"], capture_output=True, text=True, check=True)
    assert "Otorgamiento de Subsidios" in hecho.stdout


@pytest.mark.libreoffice
def test_preparar_firma_deja_un_pdf_por_documento_y_la_resolucion(casa: Casa, tmp_path: Path) -> None:
    otro = casa.nuevo("ATC")
    casa.hasta(otro, "revisar")
    casa.hace("nueva-version PR-FOM-01 --motivo x")
    casa.hasta("PR-FOM-01", "revisar")
    with casa.nada_cambia():
        archivos = [
            Path(a)
            for a in casa.hace(f"preparar-firma PR-FOM-01 {otro} -o", str(tmp_path / "firma"))["archivos"]
        ]
    assert sorted(a.suffix for a in archivos) == [".docx", ".pdf", ".pdf"]
    assert all(a.stat().st_size > 1000 for a in archivos)


def test_sin_libreoffice_se_dice_y_no_se_cae(
    casa: Casa, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    git = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").symlink_to(git)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.chdir(tmp_path)
    with casa.nada_cambia():
        salida = casa.orden("copia PR-FOM-01 --pdf")
    assert salida.codigo == 2, salida
    assert salida.valor["error"]["clase"] == "programa_ausente"


def test_sin_git_se_dice_y_no_se_cae(casa: Casa, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with monkeypatch.context() as sin:
        sin.setenv("PATH", str(tmp_path))
        for orden in ("estado", "crear procedimiento --titulo x --area FOM --elabora cr1"):
            salida = casa.orden(orden)
            assert salida.codigo == 2, salida
            assert salida.valor["error"]["clase"] == "programa_ausente"
