"""La puerta: lo que se recibe y lo que no, con todos los problemas dichos a la vez."""

import io
import zipfile

import pytest
from mini_docx import mini_docx, mini_partes

from sgc_gt.errores import EntradaInvalida
from sgc_gt.word import puerta
from sgc_gt.word.paquete import empaquetar

SIMPLE = "T1 Objetivo / p Texto"
RELS = "word/_rels/document.xml.rels"
_TIPO = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def con_relacion(clase: str, destino: str, *, externa: bool = True) -> bytes:
    partes = mini_partes(SIMPLE)
    modo = ' TargetMode="External"' if externa else ""
    nueva = f'<Relationship Id="rX" Type="{_TIPO}/{clase}" Target="{destino}"{modo}/></Relationships>'
    partes[RELS] = partes[RELS].replace(b"</Relationships>", nueva.encode())
    return empaquetar(partes)


def con_campo(*trozos: str) -> bytes:
    codigo = "".join(f"<w:r><w:instrText>{t}</w:instrText></w:r>" for t in trozos)
    campo = (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{codigo}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return mini_docx(f"xml <w:p>{campo}</w:p>")


def rechazo(datos: bytes) -> EntradaInvalida:
    with pytest.raises(EntradaInvalida) as error:
        puerta.abrir(datos, "recibido.docx")
    assert error.value.lugar == "recibido.docx"
    assert error.value.hacer
    return error.value


def test_un_documento_corriente_pasa() -> None:
    partes = puerta.abrir(mini_docx(SIMPLE + " / enlace sitio -> https://ejemplo.cl / imagen foto"), "a.docx")
    assert "word/document.xml" in partes
    assert "word/media/image1.png" in partes


@pytest.mark.parametrize(
    ("datos", "dice"),
    [
        (b"", "vacío"),
        (b"hola", "no es un documento Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "contraseña"),
        (mini_docx(SIMPLE)[:-200], "incompleto o dañado"),
        (mini_docx(SIMPLE)[:300], "incompleto o dañado"),
        (con_relacion("attachedTemplate", "http://otro.cl/p.dotm"), "plantilla de otro lugar"),
        (con_relacion("image", "http://otro.cl/espia.png"), "no está dentro del documento"),
        (con_relacion("oleObject", "embeddings/x.bin", externa=False), "OLE"),
        (con_relacion("aFChunk", "trozo.html", externa=False), "otro formato"),
        (con_relacion("subDocument", "otro.docx"), "otro documento"),
        (con_relacion("frame", "http://otro.cl"), "marco"),
        (con_relacion("control", "activeX/a.xml", externa=False), "ActiveX"),
        (con_relacion("hyperlink", "javascript:alert(1)"), "ejecuta instrucciones"),
        (con_relacion("inventada", "x.xml", externa=False), "no conoce"),
        (con_campo(" DDEAUTO c:\\\\cmd.exe "), "DDEAUTO"),
        (con_campo(" DDE", "AUTO cmd "), "DDEAUTO"),
        (con_campo(' INCLUDEPICTURE "http://otro.cl/x.png" '), "INCLUDEPICTURE"),
        (con_campo(" includetext c:/secreto.docx "), "INCLUDETEXT"),
        (mini_docx('xml <w:p><w:fldSimple w:instr=" DDE x "/></w:p>'), "DDE"),
        (mini_docx("p a", partes={"word/vbaProject.bin": b"x"}), "macros"),
    ],
)
def test_lo_que_no_se_recibe(datos: bytes, dice: str) -> None:
    assert dice in str(rechazo(datos))


def test_un_campo_que_solo_nombra_dde_pasa() -> None:
    assert puerta.abrir(con_campo(' HYPERLINK "https://ejemplo.cl/DDE y DATABASE" '), "a.docx")


def test_bomba_se_corta_mientras_se_infla() -> None:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as archivo:
        for nombre, contenido in mini_partes(SIMPLE).items():
            archivo.writestr(nombre, contenido)
        archivo.writestr("word/media/bomba.png", b"\0" * (50 * 2**20))
    assert len(salida.getvalue()) < 2**20
    assert "crece sin medida" in str(rechazo(salida.getvalue()))


def test_piezas_repetidas() -> None:
    salida = io.BytesIO(mini_docx(SIMPLE))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(salida, "a") as archivo:
        archivo.writestr("word/document.xml", b"<otro/>")
    assert "dos veces" in str(rechazo(salida.getvalue()))


@pytest.mark.parametrize("nombre", ["../fuera.xml", "/absoluta.xml", "word/../../x", "c:/x.xml"])
def test_nombres_que_apuntan_afuera(nombre: str) -> None:
    assert "fuera del documento" in str(rechazo(mini_docx(SIMPLE, partes={nombre: b"x"})))


def test_demasiadas_piezas() -> None:
    muchas = {f"word/media/{n}.png": b"x" for n in range(puerta.MAXIMO_ENTRADAS)}
    assert "piezas dentro" in str(rechazo(mini_docx(SIMPLE, partes=muchas)))


@pytest.mark.parametrize("codificacion", ["utf-8", "utf-16"])
def test_entidades_externas(codificacion: str) -> None:
    xxe = (
        f'<?xml version="1.0" encoding="{codificacion}"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&x;</w:styles>'
    )
    assert "DOCTYPE" in str(rechazo(mini_docx(SIMPLE, partes={"word/styles.xml": xxe.encode(codificacion)})))


def test_un_documento_con_macros_declaradas() -> None:
    partes = mini_partes(SIMPLE)
    tipos = partes["[Content_Types].xml"].replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert "macros" in str(rechazo(empaquetar(partes | {"[Content_Types].xml": tipos})))


def test_todos_los_problemas_a_la_vez() -> None:
    partes = mini_partes(SIMPLE)
    partes["word/vbaProject.bin"] = b"x"
    partes["word/styles.xml"] = b"<roto"
    partes[RELS] = partes[RELS].replace(
        b"</Relationships>",
        f'<Relationship Id="rX" Type="{_TIPO}/attachedTemplate" Target="http://x" TargetMode="External"/>'
        "</Relationships>".encode(),
    )
    assert len(rechazo(empaquetar(partes)).problemas) == 3
