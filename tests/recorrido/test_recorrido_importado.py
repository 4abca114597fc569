"""La vida de un documento importado: sigue con su formato, y el sistema lleva su código, versión y fechas."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from archivador import PIEZAS, A, F, R, bytes_de
from casa import Casa, texto_de

from sgc_gt.dominio.forma import FormaNormal
from sgc_gt.dominio.forma import texto_de as legible
from sgc_gt.word.extraer import forma_normal

PIEZA = {p.ruta: p for p in PIEZAS}
NUEVO = "El plazo de respuesta baja a cinco días."
VIDAS = {
    # código: archivo importado, quien elabora, versión que sigue, lo que dice su encabezado en borrador y vigente
    "PR-FOM-02": (f"{F}/PR-FOM-02_v03.docx", "cr1", "03.1", "Versión: 03.1 Fecha: En elaboración", "Versión: 03.1 Fecha: 10-03-2025"),
    "PR-FOR-01": (f"{R}/PR-FOR-01 Convocatoria a cursos.docx", "cr2", "04.1", "Rev. N° 04.1 Vigente desde Al ponerse en vigencia", "Rev. N° 04.1 Vigente desde 10-03-2025"),
    "PR-ATC-01": (f"{A}/PR-ATC-01_V01.docx", "cr5", "01.1", "Versión 01.1 Fecha de aprobación En elaboración", "Versión 01.1 Fecha de aprobación 10-03-2025"),
}  # fmt: skip


def borrador(casa: Casa, codigo: str) -> Path:
    [archivo] = casa.raiz.glob(f"documentos/*/{codigo}/borrador/*.docx")
    return archivo


def rige(casa: Casa, codigo: str) -> Path:
    [archivo] = casa.raiz.glob(f"documentos/*/{codigo}/{codigo}_v*.*")
    return archivo


def cambiar_plazo(archivo: Path) -> None:
    """Alguien abre el borrador en Word, cambia un párrafo y guarda."""
    documento = docx.Document(str(archivo))
    parrafo = next(p for p in documento.paragraphs if "dentro de diez días" in p.text)
    parrafo.text = NUEVO
    documento.save(str(archivo))


def cuerpo(forma: FormaNormal) -> list[str]:
    return [f"{b.clase}{b.nivel} {legible([b])}" for b in forma.bloques]


def con_marca(archivo: Path) -> bool:
    with zipfile.ZipFile(archivo) as paquete:
        return any(b'string="BORRADOR"' in paquete.read(n) for n in paquete.namelist() if "header" in n)


@pytest.mark.parametrize("codigo", VIDAS)
def test_toda_la_vida_con_su_propio_formato(casa_importada: Casa, codigo: str) -> None:
    casa = casa_importada
    original, elabora, version, en_borrador, vigente = VIDAS[codigo]
    antes = cuerpo(forma_normal(bytes_de(PIEZA[original])))
    abierto = casa.hace(f"nueva-version {codigo} --menor --motivo 'Baja el plazo'")
    assert abierto["version"] == version
    archivo = borrador(casa, codigo)
    assert en_borrador in texto_de(archivo)
    assert con_marca(archivo)
    assert cuerpo(forma_normal(archivo.read_bytes())) == antes
    cambiar_plazo(archivo)
    entrega = casa.hace(f"entregar {codigo}", de=elabora)
    assert [len(c["cambios"]) for c in entrega["cambios"]] == [1]
    casa.hace(f"enviar {codigo}", de=elabora)
    casa.hace(f"aprobar {codigo}", de="egt")
    casa.hace(f"emitir {codigo}")
    final = rige(casa, codigo)
    assert final.name == f"{codigo}_v{version}.docx"
    assert vigente in texto_de(final)
    assert not con_marca(final)
    assert [b.replace(NUEVO, "…") for b in cuerpo(forma_normal(final.read_bytes()))] == [
        re.sub(r"Se recibe.*diez días\.", "…", b) for b in antes
    ]
    assert casa.estados(codigo) == {version: "vigente"}
    assert "sin respaldo" not in casa.dice(f"estado {codigo}")


def test_el_control_de_cambios_recuerda_lo_de_afuera(casa_importada: Casa, tmp_path: Path) -> None:
    casa = casa_importada
    casa.hace("nueva-version PR-FOM-02 --menor --motivo 'Baja el plazo'")
    cambiar_plazo(borrador(casa, "PR-FOM-02"))
    casa.hace("entregar PR-FOM-02", de="cr1")
    casa.hace("enviar PR-FOM-02", de="cr1")
    historial = casa.dice("historial PR-FOM-02")
    assert "importar lo aprobado fuera del sistema (rige desde el 02-05-2017)" in historial
    copia = tmp_path / "antigua.docx"
    casa.hace("copia PR-FOM-02 --version 01 -o", str(copia))
    assert "DOCUMENTO OBSOLETO" in crudo(copia)


def crudo(archivo: Path) -> str:
    with zipfile.ZipFile(archivo) as paquete:
        return " ".join(paquete.read(n).decode() for n in paquete.namelist() if n.endswith(".xml"))


def test_un_formato_propio_no_se_genera_desde_la_plantilla(casa_importada: Casa) -> None:
    casa = casa_importada
    casa.hace("nueva-version PR-FOM-02 --menor --motivo 'Baja el plazo'")
    casa.negada("generar PR-FOM-02", de="cr1", codigo=2, dice="conserva el formato con que se importó")


def test_una_planilla_de_excel_sigue_siendo_de_excel(casa_importada: Casa) -> None:
    casa = casa_importada
    casa.hace("nueva-version FO-FOM-01 --motivo 'Agrega una columna'")
    nueva = casa.adjunto("ficha nueva.xlsx", b"PK otra planilla")
    casa.hace("entregar FO-FOM-01", nueva, de="cr1")
    casa.hace("enviar FO-FOM-01", de="cr1")
    casa.hace("revisar FO-FOM-01", de="ecal")
    casa.hace("aprobar FO-FOM-01", de="dn")
    casa.hace("emitir FO-FOM-01")
    assert rige(casa, "FO-FOM-01").name == "FO-FOM-01_v02.xlsx"
    assert rige(casa, "FO-FOM-01").read_bytes() == b"PK otra planilla"


@pytest.mark.libreoffice
def test_libreoffice_guarda_el_borrador_y_nada_se_pierde(casa_importada: Casa, tmp_path: Path) -> None:
    """LibreOffice borra etiquetas y candados: al enviar se reparan, y el cuerpo queda como estaba."""
    casa = casa_importada
    for codigo in VIDAS:
        elabora, version = VIDAS[codigo][1:3]
        casa.hace(f"nueva-version {codigo} --menor --motivo 'Baja el plazo'")
        archivo = borrador(casa, codigo)
        antes = cuerpo(forma_normal(archivo.read_bytes()))
        cambiar_plazo(archivo)
        guardado = pasar_por_libreoffice(archivo, tmp_path / codigo)
        shutil.copyfile(guardado, archivo)
        casa.hace(f"entregar {codigo}", de=elabora)
        casa.hace(f"enviar {codigo}", de=elabora)
        casa.hace(f"aprobar {codigo}", de="egt")
        casa.hace(f"emitir {codigo}")
        assert version in texto_de(rige(casa, codigo))
        assert "10-03-2025" in texto_de(rige(casa, codigo))
        despues = cuerpo(forma_normal(rige(casa, codigo).read_bytes()))
        assert len(despues) == len(antes)
        assert sum(NUEVO in b for b in despues) == 1


def pasar_por_libreoffice(archivo: Path, carpeta: Path) -> Path:
    """El archivo, abierto y guardado por LibreOffice."""
    carpeta.mkdir()
    orden = ["soffice", f"-env:UserInstallation={carpeta.as_uri()}/perfil", "--headless", "--convert-to"]
    subprocess.run(
        [*orden, "docx:MS Word 2007 XML", "--outdir", str(carpeta), str(archivo)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return carpeta / archivo.name
