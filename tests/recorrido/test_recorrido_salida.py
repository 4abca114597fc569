"""Lo que se pide con -o queda donde la persona dijo, y nunca encima de lo que no es suyo."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from casa import Casa, Reloj, mandar

from sgc_gt.errores import UsoIncorrecto
from sgc_gt.ordenes.reemplazo import reemplazable
from sgc_gt.ordenes.salida import exigir_fuera

AJENO = b"lo que alguien escribio"


@pytest.fixture
def demo(anio: Path, reloj: Reloj) -> Casa:
    """El año de demostración, sin copiarlo: aquí nada lo escribe."""
    return Casa(anio, reloj)


@pytest.mark.parametrize(
    "destino",
    [".", "acta.html", "documentos", "Documentos/x.html", ".git/HEAD", "otra/../listas", "acceso/x"],
)
def test_en_la_carpeta_del_servicio_no_se_deja_nada(tmp_path: Path, destino: str) -> None:
    servicio = tmp_path / "servicio"
    (servicio / "documentos").mkdir(parents=True)
    (servicio / "acceso").symlink_to(servicio / "documentos")
    with pytest.raises(UsoIncorrecto, match="está dentro de la carpeta del servicio"):
        exigir_fuera(servicio, servicio / destino)
    exigir_fuera(servicio, servicio / ".." / "acta.html")
    exigir_fuera(servicio, tmp_path / "servicio2/documentos")


@pytest.mark.parametrize("destino", [".", "HEAD", "acta.html", "nueva/acta.html"])
def test_una_historia_sola_es_toda_del_sistema(tmp_path: Path, destino: str) -> None:
    (tmp_path / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / "objects").mkdir()
    (tmp_path / "refs").mkdir()
    with pytest.raises(UsoIncorrecto, match="es una copia de la historia"):
        exigir_fuera(tmp_path, tmp_path / destino)
    exigir_fuera(tmp_path, tmp_path.parent / "acta.html")


@pytest.mark.parametrize(
    ("nombre", "anterior", "nuevo", "se_puede"),
    [
        ("a.docx", b"igual", b"igual", True),
        ("a.docx", b"otro", b"nuevo", False),
        ("a.HTML", b'<head><meta name="generator" content="sgc-gt">', b"nueva", True),
        ("a.html", b"<title>La tesis</title>", b"nueva", False),
        ("a.ics", b"BEGIN:VCALENDAR\r\nPRODID:-//sgc-gt//pendientes//ES", b"nuevo", True),
        ("a.ics", b"BEGIN:VCALENDAR\r\nPRODID:-//Otro//ES", b"nuevo", False),
        ("a.csv", b"N;Fecha\r\n1;2", b"N;Fecha\r\n1;2\r\n2;3", True),
        ("a.csv", b"Gasto;Monto\r\n", b"N;Fecha\r\n", False),
        ("a.xlsx", b"no es un libro", b"tampoco", False),
        ("a.pdf", b"%PDF-1.7 roto", b"%PDF-1.7 otro", False),
    ],
)
def test_se_reemplaza_lo_que_el_programa_hizo(
    tmp_path: Path, nombre: str, anterior: bytes, nuevo: bytes, *, se_puede: bool
) -> None:
    (tmp_path / nombre).write_bytes(anterior)
    assert reemplazable(tmp_path / nombre, nuevo) is se_puede


DEJAN = [
    ("historial PR-FOM-03 -o", "h.csv"),
    ("historial PR-FOM-03 -o", "h.txt"),
    ("historial PR-FOM-03 -o", "h.html"),
    ("expediente FO-GT-06 -o", "e.html"),
    ("comparar PR-FOM-03 01 02 -o", "c.html"),
    ("copia PR-FOM-03 -o", "c.docx"),
    ("pendientes --ics", "p.ics"),
    ("comprobar FO-GT-06 --html", "c.html"),
]


@pytest.mark.parametrize(("orden", "nombre"), DEJAN)
def test_la_orden_se_repite_sobre_lo_suyo_y_sobre_nada_mas(
    demo: Casa, tmp_path: Path, orden: str, nombre: str
) -> None:
    archivo = tmp_path / nombre
    for _ in range(2):
        assert demo.orden(f"{orden} {archivo}").codigo in (0, 1)
        assert archivo.is_file()
    archivo.write_bytes(AJENO)
    demo.negada(f"{orden} {archivo}", codigo=2, dice="ya hay un archivo con ese nombre y dice otra cosa")
    assert archivo.read_bytes() == AJENO
    error = demo.negada(f"{orden} {tmp_path / 'x.zip'}", codigo=2, dice="zip»")
    assert archivo.suffix in error["esperado"] + error["hacer"]
    opcion = orden.rpartition(" ")[2]
    error = demo.negada(f"{orden} {demo.raiz / nombre}", codigo=2, dice="dentro de la carpeta del servicio")
    assert f"{opcion} .." in error["hacer"]


def test_un_libro_anotado_no_se_pisa(demo: Casa, tmp_path: Path) -> None:
    [libro, *_] = demo.hace(f"listas -o {tmp_path}")["archivos"]
    demo.hace(f"listas -o {tmp_path}")
    anotado = openpyxl.load_workbook(libro)
    anotado.active["A1"] = "Mi nota"
    anotado.save(libro)
    demo.negada(f"listas -o {tmp_path}", codigo=2, dice="dice otra cosa")
    assert openpyxl.load_workbook(libro).active["A1"].value == "Mi nota"


@pytest.mark.parametrize("orden", ["listas -o", "pendientes --correo", "copia PR-FOM-03 -o"])
def test_un_archivo_donde_iba_una_carpeta(demo: Casa, tmp_path: Path, orden: str) -> None:
    (tmp_path / "archivo").write_bytes(AJENO)
    demo.negada(f"{orden} {tmp_path / 'archivo'}", codigo=2, dice="es un archivo, no una carpeta")
    assert (tmp_path / "archivo").read_bytes() == AJENO


@pytest.mark.parametrize(
    "orden",
    [
        *("copia PR-SGC-01", "historial --formato html", "expediente FO-GT-06", "listas --formato csv"),
        *("auditar -o paquete", "importar . --simular", "comparar PR-FOM-03 01 02 --formato html"),
        *("pendientes --correo correos", "preparar-firma PR-GT-01", "verificar -o acta.html"),
    ],
)
def test_desde_la_carpeta_del_servicio_hay_que_decir_donde(
    demo: Casa, orden: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(demo.raiz)
    demo.negada(orden, codigo=2, dice="está dentro de la carpeta del servicio")


@pytest.mark.parametrize(
    ("orden", "dice"),
    [
        ("pendientes --dias -3", "un número entero desde 0 hasta 3660"),
        ("auditar --muestra 0", "un número entero desde 1"),
        ("copia PR-FOM-03 --controlada 0", "un número entero desde 1 hasta 99999"),
        ("expediente PR-FOM-03 --adjuntos -1", "un número entero desde 0"),
        ("auditar --transicion 2008", "«--transicion» necesita 2 valores"),
    ],
)
def test_el_rango_que_se_admite_se_dice(orden: str, dice: str) -> None:
    salida = mandar(orden.split())
    assert (salida.codigo, dice in salida.avisos) == (2, True), salida.avisos
