"""Un documento importado pasa a la plantilla del servicio en su versión siguiente, si se pide y sin perder nada."""

from __future__ import annotations

import subprocess
from pathlib import Path

import docx
import pytest
from archivador import PIEZAS, A, F, R, bytes_de
from casa import Casa, texto_de
from validador import errores_de

from sgc_gt.word.extraer import forma_normal

PIEZA = {p.ruta: p for p in PIEZAS}
FAMILIAS = {
    "PR-FOM-02": (f"{F}/PR-FOM-02_v03.docx", "cr1", "04"),  # tabla en el encabezado, títulos con estilo
    "PR-FOR-01": (f"{R}/PR-FOR-01 Convocatoria a cursos.docx", "cr2", "05"),  # títulos a mano
    "PR-ATC-01": (f"{A}/PR-ATC-01_V01.docx", "cr5", "02"),  # Word en español, imagen y nota
    "PR-SGC-03": ("SGC/PR-SGC-03.docx", "cdoc", "04"),  # portada en el cuerpo
}
CONVIERTE = "nueva-version {} --convertir --motivo 'Pasa a la plantilla del servicio'"


def borrador(casa: Casa, codigo: str) -> Path:
    [archivo] = casa.raiz.glob(f"documentos/*/{codigo}/borrador/*.docx")
    return archivo


@pytest.mark.parametrize("codigo", FAMILIAS)
def test_el_cuerpo_llega_entero_a_nuestro_marco(casa_importada: Casa, codigo: str) -> None:
    original, _, version = FAMILIAS[codigo]
    abierto = casa_importada.hace(CONVIERTE.format(codigo))
    assert abierto["version"] == version
    archivo = borrador(casa_importada, codigo)
    cuerpo = forma_normal(bytes_de(PIEZA[original])).bloques
    bloques = forma_normal(archivo.read_bytes()).bloques
    inicio = next(n for n in range(len(bloques)) if bloques[n : n + len(cuerpo)] == cuerpo)
    antes = [b.texto for b in bloques[:inicio]]
    assert "Elaboración, revisión y aprobación" in antes
    assert [b.texto for b in bloques[inicio + len(cuerpo) :]] == ["Control de cambios", "cambios"]
    dice = texto_de(archivo)
    assert f"Código {codigo} Versión {version}" in dice
    casa_importada.negada(CONVIERTE.format(codigo), codigo=2, dice="no hay formato ajeno")


def test_toda_la_vida_ya_convertido(casa_importada: Casa) -> None:
    casa, codigo = casa_importada, "PR-ATC-01"
    casa.hace(CONVIERTE.format(codigo))
    documento = docx.Document(str(borrador(casa, codigo)))
    next(p for p in documento.paragraphs if "dentro de diez días" in p.text).text = "Plazo: cinco días."
    documento.save(str(borrador(casa, codigo)))
    casa.hace(f"entregar {codigo}", de="cr5")
    # Es una versión completa: se le pide lo que a todo procedimiento, y aquí le faltan secciones.
    casa.negada(f"enviar {codigo}", de="cr5", dice="Resultados Esperados")
    casa.negada(f"generar {codigo}", de="cr5", dice="cambios hechos en Word")


def test_lo_que_no_se_convierte_se_dice(casa_importada: Casa) -> None:
    casa = casa_importada
    casa.negada(
        "nueva-version PR-FOM-02 --menor --convertir --motivo M", codigo=2, dice="no es un cambio menor"
    )
    casa.negada("nueva-version PR-FOM-01 --convertir --motivo M", codigo=2, dice="no hay formato ajeno")
    casa.negada("nueva-version FO-FOM-01 --convertir --motivo M", codigo=2, dice="no hay formato ajeno")


@pytest.mark.validador
def test_lo_convertido_es_word_valido(casa_importada: Casa) -> None:
    for codigo in FAMILIAS:
        casa_importada.hace(CONVIERTE.format(codigo))
    assert errores_de(*(borrador(casa_importada, codigo) for codigo in FAMILIAS)) == {}


@pytest.mark.libreoffice
def test_lo_convertido_se_abre_y_se_convierte(casa_importada: Casa, tmp_path: Path) -> None:
    casa_importada.hace(CONVIERTE.format("PR-ATC-01"))
    perfil = f"-env:UserInstallation=file://{tmp_path}/perfil"
    orden = ["soffice", perfil, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run(
        [*orden, str(borrador(casa_importada, "PR-ATC-01"))], check=True, capture_output=True, timeout=120
    )
    assert (tmp_path / "PR-ATC-01_v02.pdf").stat().st_size > 10_000
