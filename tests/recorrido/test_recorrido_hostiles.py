"""Lo que no se recibe: cada archivo hostil se rechaza con una oración que dice qué es, y nada cambia."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from casa import Casa
from mini_docx import png

NUEVA = "nueva-version PR-FOM-01 --motivo Cambio"
BORRADOR = "documentos/FOM/PR-FOM-01/borrador/PR-FOM-01_v02.docx"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TIPO = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENTO, RELACIONES = "word/document.xml", "word/_rels/document.xml.rels"
MEGA = 1024 * 1024

Partes = dict[str, bytes]
Hostil = Callable[[Partes], Mapping[str, bytes]]


@pytest.fixture
def partes(casa: Casa) -> Partes:
    """Las partes del borrador abierto: un documento del sistema, con su identidad."""
    casa.hace(NUEVA)
    with zipfile.ZipFile(casa.ruta(BORRADOR)) as paquete:
        return {nombre: paquete.read(nombre) for nombre in paquete.namelist()}


def comprimido(partes: Mapping[str, bytes]) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete:
        for nombre, contenido in partes.items():
            paquete.writestr(nombre, contenido)
    return salida.getvalue()


def relacion(clase: str, destino: str, *, externa: bool = True) -> Hostil:
    modo = ' TargetMode="External"' if externa else ""
    nueva = f'<Relationship Id="rMala" Type="{TIPO}/{clase}" Target="{destino}"{modo}/></Relationships>'
    return lambda p: {RELACIONES: p[RELACIONES].replace(b"</Relationships>", nueva.encode())}


def prologo(texto: str) -> Hostil:
    """El documento con una declaración XML delante de su raíz."""
    return lambda p: {DOCUMENTO: p[DOCUMENTO].replace(b"<w:document", texto.encode() + b"<w:document", 1)}


XXE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
RISAS = (
    "<!DOCTYPE l [<!ENTITY a '"
    + "ja" * 10
    + "'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
PARTES_HOSTILES: dict[str, tuple[Hostil, str]] = {
    "entidad externa": (prologo(XXE), "DOCTYPE"),
    "mil millones de risas": (prologo(RISAS), "DOCTYPE"),
    "macros": (lambda _: {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}, "macros"),
    "objeto OLE": (relacion("oleObject", "embeddings/oleObject1.bin", externa=False), "OLE"),
    "plantilla enlazada": (relacion("attachedTemplate", "https://otro.cl/p.dotm"), "plantilla de otro lugar"),
    "imagen externa": (relacion("image", "https://otro.cl/espia.png"), "no está dentro del documento"),
    "nombre que sale de la carpeta": (lambda _: {"../../sgc.yaml": b"x"}, "fuera del documento"),
    "nombre absoluto": (lambda _: {"/etc/cron.d/x": b"x"}, "fuera del documento"),
    "campo que ejecuta": (
        lambda p: {
            DOCUMENTO: p[DOCUMENTO].replace(
                b"<w:body>", b'<w:body><w:p><w:fldSimple w:instr=" DDEAUTO c:/cmd.exe "/></w:p>', 1
            )
        },
        "DDEAUTO",
    ),
    "documento roto por dentro": (lambda p: {DOCUMENTO: p[DOCUMENTO][:-40]}, "dañada"),
}  # fmt: skip


@pytest.mark.parametrize("caso", PARTES_HOSTILES)
def test_por_dentro(casa: Casa, partes: Partes, caso: str) -> None:
    poner, dice = PARTES_HOSTILES[caso]
    archivo = casa.adjunto("hostil.docx", comprimido(partes | poner(partes)))
    error = casa.negada("entregar PR-FOM-01", archivo, de="cr1", dice=dice)
    assert error["lugar"] == "hostil.docx"
    assert error["hacer"]
    casa.negada("entregar", archivo, de="cr1", dice=dice)  # tampoco para preguntarle de qué documento es


def test_piezas_duplicadas(casa: Casa, partes: Partes) -> None:
    """Cada programa leería una distinta: lo que se revisa no sería lo que se muestra."""
    salida = io.BytesIO(comprimido(partes))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(salida, "a") as paquete:
        paquete.writestr(DOCUMENTO, partes[DOCUMENTO])
    casa.negada(
        "entregar PR-FOM-01", casa.adjunto("dos.docx", salida.getvalue()), de="cr1", dice="dos veces la misma"
    )


def _cifrado(docx: bytes) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415

    salida = io.BytesIO()
    OOXMLFile(io.BytesIO(docx)).encrypt("secreto", salida)
    return salida.getvalue()


SOBRES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "con contraseña": (_cifrado, "está protegido con contraseña"),
    "cortado": (lambda d: d[:-300], "incompleto o dañado"),
    "a medio escribir": (lambda d: d[: len(d) // 2] + bytes(len(d) // 2), "incompleto o dañado"),
    "reservado y sin escribir": (lambda d: bytes(len(d)), "está a medio copiar"),
    "vacío": (lambda _: b"", "está vacío"),
    "una imagen": (lambda _: b"\xff\xd8\xff\xe0" + bytes(600), "es una imagen JPEG"),
    "una imagen PNG": (lambda _: png(), "es una imagen PNG"),
    "un PDF": (lambda _: b"%PDF-1.7\n" + bytes(600), "es un PDF"),
    "otro zip": (lambda _: comprimido({"leame.txt": b"hola"}), "le falta la lista de contenidos"),
}  # fmt: skip


@pytest.mark.parametrize("caso", SOBRES)
def test_por_fuera(casa: Casa, partes: Partes, caso: str) -> None:
    hacer, dice = SOBRES[caso]
    archivo = casa.adjunto("raro.docx", hacer(comprimido(partes)))
    error = casa.negada("entregar PR-FOM-01", archivo, de="cr1", dice=dice)
    assert (error["lugar"], bool(error["hacer"])) == ("raro.docx", True)


@pytest.mark.libreoffice
def test_un_doc_antiguo_con_otro_nombre(casa: Casa, partes: Partes, tmp_path: Path) -> None:
    """Uno de verdad, guardado por LibreOffice en el formato de 1997."""
    origen = tmp_path / "viejo.docx"
    origen.write_bytes(comprimido(partes))
    orden = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/perfil",
        "--headless",
        "--convert-to",
        "doc",
    ]
    subprocess.run([*orden, "--outdir", str(tmp_path), str(origen)], check=True, capture_output=True)
    archivo = casa.adjunto("viejo.docx", (tmp_path / "viejo.doc").read_bytes())
    casa.negada("entregar PR-FOM-01", archivo, de="cr1", dice="del formato antiguo .doc")


def _azar(n: int) -> bytes:
    """Bytes que no se comprimen, siempre los mismos."""
    return hashlib.sha512(str(n).encode()).digest()


def _parrafos(cuantos: int) -> bytes:
    """Párrafos vacíos con algo de ruido: se comprimen mucho y ocupan veinte veces lo que pesan al leerse."""
    tanda = (b"<w:p/>" * 1500 + f'<w:p w:rsidR="{_azar(n)[:30].hex()}"/>'.encode() for n in range(cuantos))
    return f"<w:document {W}><w:body>".encode() + b"".join(tanda) + b"</w:body></w:document>"


def _ruido(tamano: int) -> bytes:
    """Ceros con ruido cada tanto: queda bajo la proporción que delata a una bomba corriente."""
    return b"".join(bytes(8000) + _azar(n) for n in range(tamano // 8064))


BOMBAS: dict[str, Callable[[], Mapping[str, bytes]]] = {
    "una imagen de ceros": lambda: {"word/media/b.png": bytes(55 * MEGA)},
    "diez imágenes con ruido": lambda: {f"word/media/{n}.png": _ruido(19 * MEGA) for n in range(10)},
    "un texto de párrafos vacíos": lambda: {DOCUMENTO: _parrafos(4000)},
    "un texto de atributos": lambda: {
        DOCUMENTO: f"<w:document {W}><w:body><w:p ".encode()
        + b" ".join(b'a%d=""' % n for n in range(900_000))
        + b"/></w:body></w:document>"
    },
}  # fmt: skip
CON_MEMORIA = """
import sys
from sgc_gt.cli.principal import ejecutar
codigo = ejecutar(sys.argv[1:])
marca = next(l for l in open("/proc/self/status") if l.startswith("VmHWM"))
print(codigo, int(marca.split()[1]) // 1024, file=sys.stderr)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="la memoria se mide en Linux")
@pytest.mark.parametrize("caso", BOMBAS)
def test_una_bomba_no_ocupa_la_memoria(casa: Casa, partes: Partes, caso: str) -> None:
    """El comando entero, en otro proceso: se niega con su oración y nunca pasa de 200 MB."""
    archivo = casa.adjunto("bomba.docx", comprimido(partes | dict(BOMBAS[caso]())))
    orden = [sys.executable, "-c", CON_MEMORIA, "--repo", str(casa.raiz), "--como", "cr1@senopl.example"]
    with casa.nada_cambia():
        hecho = subprocess.run(
            [*orden, "entregar", "PR-FOM-01", archivo], capture_output=True, text=True, check=False
        )
    *dicho, final = hecho.stderr.strip().splitlines()
    codigo, megas = map(int, final.split())
    assert codigo == 1, hecho.stderr
    assert megas < 200
    assert "bomba.docx" in dicho[0]
    assert any(
        m in linea for linea in dicho for m in ("crece sin medida", "toda la memoria", "de texto y formato")
    ), dicho
