"""Lo que no es un documento de Word: archivos de cualquier formato, registros, instancias y documentos externos."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from casa import ACTA, Casa
from openpyxl import Workbook

REVISION = Path(__file__).parents[2] / "sgc_gt" / "ejemplo" / "datos" / "revision_direccion_1.yaml"
FORMULARIO = "crear archivo --titulo 'Atención en terreno' --area ATC --elabora cr5 --revisa egt --aprueba dn --archivo"


def planilla(nota: str) -> bytes:
    libro = Workbook()
    libro.active["A1"] = nota
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def filas(texto: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(texto), delimiter=";"))


def test_un_archivo_de_excel_recorre_el_circuito_con_sus_propios_bytes(casa: Casa) -> None:
    primera = planilla("uno")
    r = casa.hace(FORMULARIO, casa.adjunto("Formulario de atención.xlsx", primera))
    assert r["codigo"] == "FO-ATC-01"
    assert r["archivo"] == "documentos/ATC/FO-ATC-01/borrador/FO-ATC-01_v01.xlsx"
    assert casa.ruta(r["archivo"]).read_bytes() == primera
    segunda = planilla("dos")
    casa.hace("entregar FO-ATC-01", casa.adjunto("corregido.xlsx", segunda), de="cr5")
    casa.hasta("FO-ATC-01", "emitir", elabora="cr5")
    assert casa.archivos("documentos/ATC/FO-ATC-01") == {"ficha.json", "FO-ATC-01_v01.xlsx"}
    assert casa.ruta("documentos/ATC/FO-ATC-01/FO-ATC-01_v01.xlsx").read_bytes() == segunda
    assert "FO-ATC-01/v01" in casa.etiquetas()
    casa.hace("nueva-version FO-ATC-01 --motivo 'Agrega una columna'")
    assert casa.ruta("documentos/ATC/FO-ATC-01/borrador/FO-ATC-01_v02.xlsx").read_bytes() == segunda


def test_un_archivo_puede_cambiar_de_formato(casa: Casa) -> None:
    casa.hace(FORMULARIO, casa.adjunto("f.xlsx", planilla("uno")))
    casa.hace("entregar FO-ATC-01", casa.adjunto("f.pdf"), de="cr5")
    assert casa.archivos("documentos/ATC/FO-ATC-01") == {"ficha.json", "borrador/FO-ATC-01_v01.pdf"}
    casa.hasta("FO-ATC-01", "emitir", elabora="cr5")
    assert casa.archivos("documentos/ATC/FO-ATC-01") == {"ficha.json", "FO-ATC-01_v01.pdf"}


def test_un_archivo_sin_su_archivo_no_se_envia_ni_se_genera(casa: Casa) -> None:
    casa.hace(FORMULARIO.removesuffix("--archivo"))
    casa.negada("enviar FO-ATC-01", de="cr5", dice="contenido")
    casa.negada("generar FO-ATC-01", de="cr5", codigo=2, dice="entregar FO-ATC-01")
    assert "entregar FO-ATC-01" in casa.dice("estado FO-ATC-01") or casa.estados("FO-ATC-01") == {
        "01": "borrador"
    }


def test_registrar_con_archivo(casa: Casa) -> None:
    r = casa.hace(
        "registrar RG-GT-05 --fecha 2025-03-07 --region 16 --titulo 'Acuerdo con Ñuble'",
        casa.adjunto("Acuerdo Ñuble.pdf"),
    )
    assert r["codigo"] == "RG-GT-05/2025/001"
    assert casa.ruta(r["archivo"]).read_bytes() == ACTA
    assert Path(r["archivo"]).name.isascii()
    assert r["commit"] == casa.cabeza()
    fila = next(f for f in filas(casa.lista("lista_registros.csv")) if f["Código"] == "RG-GT-05")
    assert (fila["Archivados"], fila["Último"]) == ("1", "07-03-2025")
    assert casa.estados("RG-GT-05/2025/001") == {"": "archivado"}
    assert casa.hace("registrar RG-GT-05 --fecha 2025-03-07", casa.adjunto())["codigo"] == "RG-GT-05/2025/002"
    assert casa.hace("registrar RG-GT-05 --fecha 2024-12-30", casa.adjunto())["codigo"] == "RG-GT-05/2024/001"


def test_lo_que_no_es_un_pdf_o_una_fecha_de_hace_dos_siglos_no_se_archiva(casa: Casa) -> None:
    orden = "registrar RG-GT-05 --fecha"
    casa.negada(f"{orden} 2025-03-07", casa.adjunto("a.pdf", b"texto"), dice="no es un PDF")
    casa.negada(f"{orden} 1826-02-20", casa.adjunto(), codigo=2, dice="revise el año")
    primero = casa.hace(f"{orden} 2025-03-07", casa.adjunto("a.pdf"))
    otro = casa.hace(f"{orden} 2024-03-07", casa.adjunto("b.pdf"))
    assert otro["avisos"][0] == f"el mismo archivo ya estaba en {primero['codigo']}"
    # En esta serie archiva cada región: sin decir cuál, no cuenta para ninguna, y se avisa.
    assert [a[:26] for a in (*primero["avisos"], otro["avisos"][1])] == ["no dice de qué región es, "] * 2
    # Corregido por otro que la dice, ya no se le reprocha.
    assert primero["codigo"] in casa.dice("completitud --periodo 2025")
    con_region = casa.hace(f"{orden} 2025-03-07 --region 11", casa.adjunto("a.pdf"))["codigo"]
    casa.hace(f"corregir {primero['codigo']} --por {con_region} --motivo 'No decía la región'")
    assert primero["codigo"] not in casa.dice("completitud --periodo 2025")


def test_registrar_diciendo_donde_vive(casa: Casa) -> None:
    r = casa.hace("registrar RG-GT-04 --fecha 2025-03-07 --ubicacion 'SIG, tablero de indicadores'")
    assert r["archivo"] == "SIG, tablero de indicadores"
    assert casa.archivos("registros/RG-GT-04") == {"2025/001/ficha.json"}


def test_la_copia_de_un_registro_es_el_archivo_que_se_guardo(casa: Casa, tmp_path: Path) -> None:
    r = casa.hace("copia RG-GT-10/2025/001 -o", str(tmp_path))
    assert Path(r["archivo"]).read_bytes() == ACTA
    assert r["estado"] == "archivado"


def test_la_copia_de_un_registro_que_vive_en_otra_parte_dice_donde(casa: Casa, tmp_path: Path) -> None:
    codigo = casa.hace("registrar RG-GT-04 --fecha 2025-03-07 --ubicacion 'Bodega 3, estante 2'")["codigo"]
    casa.negada(f"copia {codigo} -o", str(tmp_path), codigo=2, dice="Bodega 3, estante 2")


def test_la_copia_de_un_registro_cuyo_archivo_falta(casa: Casa, tmp_path: Path) -> None:
    casa.adulterada = True
    casa.ruta("registros/RG-GT-10/2025/001/evidencias/oficio-circular.pdf").unlink()
    assert casa.orden("copia RG-GT-10/2025/001 -o", str(tmp_path)).codigo in (2, 3)


@pytest.mark.parametrize("opcion", ["--titulo", "--ubicacion"])
def test_un_texto_desmedido_no_entra_en_las_listas(casa: Casa, opcion: str) -> None:
    otra = "--ubicacion x" if opcion == "--titulo" else ""
    casa.negada(f"registrar RG-GT-04 --fecha 2025-03-07 {otra} {opcion}", "x" * 50_000)


def test_un_titulo_con_saltos_queda_en_una_linea(casa: Casa) -> None:
    r = casa.hace("registrar RG-GT-04 --fecha 2025-03-07 --ubicacion SIG --titulo", "Uno\nActo: aprobar")
    assert "\n" not in casa.ficha(r["codigo"])["identidad"]["titulo"]


def test_el_responsable_de_la_serie_tambien_archiva(casa: Casa) -> None:
    casa.hace("registrar RG-GT-04 --fecha 2025-03-07 --ubicacion SIG", de="egt")
    casa.negada("registrar RG-GT-04 --fecha 2025-03-07 --ubicacion SIG", de="cr1", dice="archivar registro")


@pytest.mark.parametrize(
    ("linea", "codigo", "dice"),
    [
        ("registrar RG-XX-01 --fecha 2025-03-07 --ubicacion x", 2, "RG-XX-01"),
        ("registrar RG-GT-04 --fecha 2025-03-07", 1, "--ubicacion"),
        ("registrar RG-GT-04 --fecha 2025-03-07 --ubicacion '   '", 1, "--ubicacion"),
        ("registrar RG-GT-04 --fecha 2025-03-11 --ubicacion x", 1, "futura"),
        ("registrar RG-GT-04 --fecha 2025-02-30 --ubicacion x", 2, "2025-02-30"),
        ("registrar RG-GT-04 --fecha 2025-03-07 --ubicacion x --periodo ../..", 2, "período"),
        ("registrar RG-GT-04 --fecha 2025-03-07 --ubicacion x --periodo 2025/01", 2, "período"),
        ("registrar RG-GT-04 --fecha 2025-03-07 --ubicacion x --region 99", 2, "99"),
        ("registrar PL-GT-01 --fecha 2025-03-07 --ubicacion x", 2, "PL-GT-01"),
        ("registrar RG-GT-04 no-existe.pdf --fecha 2025-03-07", 2, "no-existe.pdf"),
    ],
)
def test_un_registro_que_no_corresponde(casa: Casa, linea: str, codigo: int, dice: str) -> None:
    casa.negada(linea, codigo=codigo, dice=dice)


def test_un_registro_vacio_no_se_archiva(casa: Casa) -> None:
    casa.negada("registrar RG-GT-10 --fecha 2025-03-07", casa.adjunto("nada.pdf", b""), dice="vacío")


def test_una_carpeta_no_es_un_registro(casa: Casa) -> None:
    error = casa.negada("registrar RG-GT-10 --fecha 2025-03-07", str(casa.raiz.parent), codigo=2)
    assert "carpeta" in error["mensaje"]


def test_lo_que_lleva_circuito_no_se_archiva_por_el_lado(casa: Casa) -> None:
    """RG-SGC-05 se aprueba: archivar un PDF suelto en su serie se salta a quien debe aprobar."""
    casa.negada("registrar RG-SGC-05 --fecha 2025-03-07", casa.adjunto(), codigo=2, dice="revision_direccion")


def test_una_instancia_de_registro_por_su_circuito(casa: Casa) -> None:
    r = casa.hace("crear revision_direccion --titulo 'Primera revisión' --datos", str(REVISION))
    codigo = "RG-SGC-05/2025/001"
    assert (r["codigo"], r["version"]) == (codigo, "")
    assert r["archivo"] == f"registros/{codigo}/borrador/RG-SGC-05_2025_001.docx"
    casa.hace(f"enviar {codigo}", de="ecal")
    assert casa.estados(codigo) == {"": "en_aprobacion"}
    casa.hace(f"--como dn@senopl.example aprobar {codigo} --adjunto", casa.adjunto())
    [emitido] = casa.hace(f"emitir {codigo}")
    assert emitido["estado"] == "archivado"
    assert {"ficha.json", "RG-SGC-05_2025_001.docx"} <= casa.archivos(f"registros/{codigo}")
    assert not any("RG-SGC-05" in e for e in casa.etiquetas())
    fila = next(f for f in filas(casa.lista("lista_registros.csv")) if f["Código"] == "RG-SGC-05")
    assert fila["Archivados"] == "1"
    segunda = casa.hace("crear revision_direccion --titulo 'Segunda revisión' --datos", str(REVISION))
    assert segunda["codigo"] == "RG-SGC-05/2025/002"
    casa.negada(f"nueva-version {codigo} --motivo x", dice="Archivado")


def test_un_registro_nace_en_su_region_y_la_dice_en_todas_partes(casa: Casa, tmp_path: Path) -> None:
    linea = "crear revision_direccion --titulo 'Revisión regional' --region 'Ñuble' --datos"
    codigo = casa.hace(linea, str(REVISION))["codigo"]
    assert casa.ficha(codigo)["identidad"]["region"] == "16"
    [fila] = casa.hace(f"estado {codigo}")
    assert fila["region"] == "16"
    assert "Revisión regional (Ñuble)" in casa.dice(f"estado {codigo}")
    casa.hace(f"enviar {codigo}", de="ecal")
    casa.hace(f"--como dn@senopl.example aprobar {codigo} --adjunto", casa.adjunto())
    casa.hace(f"emitir {codigo}")
    [serie] = [f for f in casa.hace("registros") if f["codigo"] == "RG-SGC-05"]
    assert [p["region"] for p in serie["presentes"]] == ["16"]
    casa.hace(f"expediente {codigo} -o", str(tmp_path / "expediente.html"))
    assert "<dd>Ñuble</dd>" in (tmp_path / "expediente.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("linea", "dice"),
    [
        ("crear revision_direccion --titulo Revisión --region 99", "99"),
        ("crear procedimiento --titulo Otro --area FOM --elabora cr1 --region 16", "--region"),
    ],
)
def test_una_region_que_no_corresponde(casa: Casa, linea: str, dice: str) -> None:
    casa.negada(linea, codigo=2, dice=dice)


def test_los_documentos_que_son_registro_de_su_periodo(demo: Casa) -> None:
    [fila] = [f for f in demo.hace("registros --periodo 2024") if f["codigo"] == "PL-GT-01"]
    assert [p["version"] for p in fila["presentes"]] == ["01", "02"]
    [falta] = [f for f in demo.hace("registros --periodo 2030") if f["codigo"] == "PL-GT-01"]
    assert falta["falta"]


class TestExternos:
    """Alta, verificación, reemplazo y baja de un documento externo, y su fila en la lista."""

    def fila(self, casa: Casa, clave: str) -> dict[str, str]:
        return next(f for f in filas(casa.lista("documentos_externos.csv")) if f["Id"] == clave)

    def test_alta_y_verificacion(self, casa: Casa) -> None:
        assert self.fila(casa, "EX-01")["Próxima verificación"] == "03-09-2025"
        r = casa.hace("externo verificar EX-01")
        assert r["commit"] == casa.cabeza()
        fila = self.fila(casa, "EX-01")
        assert (fila["Última verificación"], fila["Próxima verificación"]) == ("10-03-2025", "10-09-2025")

    def test_reemplazo_por_uno_nuevo_y_por_uno_que_ya_estaba(self, casa: Casa) -> None:
        casa.hace("externo reemplazar EX-01 --por EX-02 --version 2026")
        assert self.fila(casa, "EX-01")["Estado"].startswith("Reemplazado")
        nuevo = self.fila(casa, "EX-02")
        assert (nuevo["Título"], nuevo["N°, fecha o edición"], nuevo["Estado"]) == (
            "ISO 9001:2015",
            "2026",
            "Vigente",
        )
        casa.hace("externo alta EX-03 --titulo 'Ley de Presupuestos' --emisor Congreso --verifica cdoc")
        casa.hace("externo reemplazar EX-02 --por EX-03")
        assert self.fila(casa, "EX-03")["Título"] == "Ley de Presupuestos"

    def test_baja(self, casa: Casa) -> None:
        casa.hace("externo baja EX-01 --motivo 'Ya no se usa'")
        assert self.fila(casa, "EX-01")["Estado"] == "De baja"
        casa.negada("externo verificar EX-01", dice="De baja")
        casa.negada("externo alta EX-01 --titulo a --emisor b --verifica cdoc", dice="ya está usado")

    @pytest.mark.parametrize(
        ("linea", "codigo", "dice"),
        [
            ("externo alta EX-09", 1, "título"),
            ("externo alta EX-09 --titulo a --emisor b --verifica nadie", 2, "nadie"),
            ("externo alta EX-09 --titulo a --emisor b --verifica cdoc --cada -3", 1, "-3"),
            ("externo alta EX-09 --titulo a --emisor b --verifica cdoc --usado-por PR-XX-99", 2, "PR-XX-99"),
            ("externo alta ex-09 --titulo a --emisor b --verifica cdoc", 1, "ex-09"),
            (
                "externo alta EX-09 --titulo a --emisor b --verifica cdoc --vigencia-hasta 2025-13-01",
                2,
                "2025-13-01",
            ),
            ("externo baja EX-77", 1, "EX-77"),
            ("externo reemplazar EX-01", 1, "reemplaza a EX-01"),
            ("externo reemplazar EX-01 --por EX-01", 1, "EX-01"),
            ("externo verificar EX-01 --version 2030", 1, "reemplazar"),
            ("externo borrar EX-01", 2, "alta"),
        ],
    )
    def test_lo_que_no_corresponde(self, casa: Casa, linea: str, codigo: int, dice: str) -> None:
        casa.negada(linea, codigo=codigo, dice=dice)

    def test_solo_control_documental_los_lleva(self, casa: Casa) -> None:
        casa.negada("externo verificar EX-01", de="cr1", dice="Profesional de Control Documental")
