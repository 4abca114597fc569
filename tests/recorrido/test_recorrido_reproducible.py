"""La misma entrada da los mismos bytes; y los documentos de la demostración son Word válido que LibreOffice abre."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from casa import Casa

from sgc_gt.word.pdf import a_pdf

RAIZ = Path(__file__).parents[2]
GUION = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2].split(":")
from sgc_gt.ejemplo import anio
anio.EPISODIOS = anio.EPISODIOS[:int(sys.argv[3])]
anio.representar(Path(sys.argv[1]), 2024, lambda _: None)
"""


def representar(carpeta: Path, semilla: str, zona: str, episodios: int) -> str:
    """La demostración en otro proceso, con otro orden de conjuntos, otra zona y otro idioma; su último movimiento."""
    ambiente = {
        **os.environ,
        "PYTHONHASHSEED": semilla,
        "TZ": zona,
        "LC_ALL": "C" if semilla == "1" else "C.UTF-8",
    }
    caminos = ":".join(p for p in sys.path if p)
    orden = [sys.executable, "-c", GUION, str(carpeta), caminos, str(episodios)]
    subprocess.run(orden, check=True, capture_output=True, env=ambiente, cwd=carpeta.parent)
    orden = ["git", "for-each-ref", "--format=%(refname) %(objectname)"]
    return subprocess.run(orden, cwd=carpeta, check=True, capture_output=True, text=True).stdout


def test_la_misma_secuencia_da_la_misma_historia(tmp_path: Path) -> None:
    """HEAD y todas las etiquetas, byte a byte."""
    casos = (("1", "America/Santiago", "uno"), ("4242", "Asia/Tokyo", "otra carpeta más larga"))
    historias = [representar(tmp_path / nombre, semilla, zona, 4) for semilla, zona, nombre in casos]
    assert "refs/heads/main" in historias[0]
    assert historias[0] == historias[1]


def test_el_ano_entero_es_el_mismo_que_el_de_la_plantilla(anio: Path, tmp_path: Path) -> None:
    historia = representar(tmp_path / "otro", "77", "UTC", 99)
    orden = ["git", "for-each-ref", "--format=%(refname) %(objectname)"]
    assert historia == subprocess.run(orden, cwd=anio, check=True, capture_output=True, text=True).stdout


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
    programa = Path(os.environ["OOXML_VALIDATOR"]) / "node_modules/.bin/ooxml-validator"
    hallados = documentos(anio)
    assert len(hallados) >= 8
    errores = {}
    for archivo in hallados:
        hecho = subprocess.run([str(programa), str(archivo)], capture_output=True, text=True, check=False)
        errores[archivo.name] = json.loads(hecho.stdout)["errors"]
    assert {n: e for n, e in errores.items() if e} == {}


@pytest.mark.validador
def test_una_copia_marcada_tambien_es_word_valido(demo: Casa, tmp_path: Path) -> None:
    programa = Path(os.environ["OOXML_VALIDATOR"]) / "node_modules/.bin/ooxml-validator"
    for version in ("01", "borrador"):
        r = demo.hace(f"copia PR-GT-01 --version {version} -o", str(tmp_path / f"{version}.docx"))
        hecho = subprocess.run([str(programa), r["archivo"]], capture_output=True, text=True, check=False)
        assert json.loads(hecho.stdout)["errors"] == []


@pytest.mark.lento
@pytest.mark.libreoffice
def test_libreoffice_abre_cada_tipo_de_documento(anio: Path) -> None:
    """Uno por tipo: procedimiento, diagnóstico, plan, programa y registro de revisión."""
    for codigo in ("PR-FOM-03", "RG-GT-01", "PL-GT-01", "PG-GT-01", "RG-SGC-05"):
        archivo = next(a for a in documentos(anio) if a.name.startswith(codigo) and "borrador" not in a.parts)
        pdf = a_pdf(archivo.read_bytes(), archivo.name)
        assert pdf.startswith(b"%PDF-"), archivo
        assert len(pdf) > 10_000


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
