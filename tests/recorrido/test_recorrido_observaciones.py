"""Un revisor comenta y corrige en Word; quien elabora lo ve en su archivo y contesta; nada se aprueba sin atender."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from casa import Casa, escribir_en_word

from sgc_gt.ordenes.respuestas import CHEQUEO
from sgc_gt.word.comentarios import Nota, comentar, leer_comentarios
from sgc_gt.word.extraer import forma_normal

CARPETA = "documentos/FOM/PR-FOM-01/borrador"
BORRADOR = f"{CARPETA}/PR-FOM-01_v02.docx"
COPIA = f"{CARPETA}/PR-FOM-01_v02.con-observaciones.docx"
ANA = 'w:id="901" w:author="Revisora" w:date="2025-03-10T10:00:00Z"'


@pytest.fixture
def enviado(casa: Casa) -> Casa:
    """PR-FOM-01 versión 02 en revisión."""
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    casa.hace("enviar PR-FOM-01", de="cr1")
    return casa


def comentado(
    casa: Casa, texto: str, *, sobre: str = "Se publican las bases.", nombre: str = "rev.docx"
) -> str:
    """La revisora abre el borrador, comenta un párrafo y guarda en otra carpeta, con otro nombre."""
    documento = docx.Document(str(casa.ruta(BORRADOR)))
    parrafo = next(p for p in documento.paragraphs if sobre in p.text)
    documento.add_comment(parrafo.runs, text=texto, author="Revisora", initials="R")
    destino = casa.raiz.parent / nombre
    documento.save(str(destino))
    return str(destino)


def corregido(casa: Casa, cambiar: Callable[[str], str], nombre: str = "corregido.docx") -> str:
    """El borrador con su XML cambiado, como lo deja el control de cambios."""
    salida = io.BytesIO()
    with zipfile.ZipFile(casa.ruta(BORRADOR)) as viejo, zipfile.ZipFile(salida, "w") as nuevo:
        for parte in viejo.namelist():
            datos = viejo.read(parte)
            if parte == "word/document.xml":
                datos = cambiar(datos.decode()).encode()
            nuevo.writestr(parte, datos)
    destino = casa.raiz.parent / nombre
    destino.write_bytes(salida.getvalue())
    return str(destino)


def con_cambios(xml: str) -> str:
    """«bases» por «bases y el calendario», con control de cambios."""
    assert "Se publican las bases." in xml
    antes, despues = xml.split("Se publican las bases.", 1)
    return (
        f"{antes}Se publican las </w:t></w:r><w:del {ANA}><w:r><w:delText>bases</w:delText></w:r></w:del>"
        f"<w:ins {ANA}><w:r><w:t>bases y el calendario</w:t></w:r></w:ins><w:r><w:t>.{despues}"
    )


def observaciones(casa: Casa) -> list[dict[str, str]]:
    devuelto = [h for h in casa.hace("historial PR-FOM-01") if h["acto"] == "devolver"][-1]
    return [{**o, **s} for o, s in zip(devuelto["observaciones"], devuelto["seguimiento"], strict=True)]


def test_un_comentario_en_word_se_vuelve_observacion_con_su_seccion(enviado: Casa) -> None:
    archivo = comentado(enviado, "Falta decir el plazo")
    r = enviado.hace("devolver PR-FOM-01 --archivo", archivo, de="egt")[0]
    assert r["estado"] == "borrador"
    assert r["con_observaciones"] == COPIA
    [o] = observaciones(enviado)
    assert o["texto"] == "Falta decir el plazo"
    assert "Convocatoria" in o["seccion"]
    assert o["ancla"] == "Se publican las bases."
    assert o["estado"] == "abierta"
    [evidencia] = enviado.ficha("PR-FOM-01")["actos"][-1]["evidencia"]
    assert evidencia["clase"] == "archivo"
    guardada = enviado.ruta(f"documentos/FOM/PR-FOM-01/evidencias/{evidencia['archivo']}")
    assert guardada.read_bytes() == Path(archivo).read_bytes()


def test_los_cambios_marcados_se_leen_como_propuestas(enviado: Casa) -> None:
    enviado.hace("devolver PR-FOM-01 --archivo", corregido(enviado, con_cambios), de="egt")
    [o] = observaciones(enviado)
    assert o["texto"].startswith("Se propone reemplazar «bases» por «bases y el calendario»")
    assert o["ancla"] == "Se publican las bases."


def test_se_combinan_con_las_escritas_en_la_orden(enviado: Casa) -> None:
    archivo = comentado(enviado, "Falta decir el plazo")
    enviado.hace("devolver PR-FOM-01 --texto 'Revisar el alcance' --seccion 2 --archivo", archivo, de="egt")
    assert [(o["id"], o["texto"]) for o in observaciones(enviado)] == [
        ("8.1", "Revisar el alcance"),
        ("8.2", "Falta decir el plazo"),
    ]


def test_quien_elabora_las_ve_en_una_copia_de_su_archivo(enviado: Casa) -> None:
    enviado.hace("devolver PR-FOM-01 --archivo", comentado(enviado, "Falta decir el plazo"), de="egt")
    copia = enviado.ruta(COPIA).read_bytes()
    assert forma_normal(copia) == forma_normal(enviado.ruta(BORRADOR).read_bytes())
    [c] = leer_comentarios(copia)
    assert c.texto.startswith("Observación 8.1\nFalta decir el plazo")
    assert c.ancla == "Se publican las bases."
    assert enviado.git("status", "--porcelain") == ""
    assert enviado.verificar()["ok"]
    enviado.hace("enviar PR-FOM-01 --respuesta '8.1: se agregó'", de="cr1")
    assert not enviado.ruta(COPIA).exists()


def test_contestar_en_la_copia_es_responder(enviado: Casa) -> None:
    """Word guarda la respuesta como otro comentario, enlazado por la parte de hilos."""
    enviado.hace("devolver PR-FOM-01 --archivo", comentado(enviado, "Falta el plazo"), de="egt")
    contestar(enviado.ruta(COPIA), "Se agregó: diez días")
    enviado.hace("enviar PR-FOM-01", de="cr1")
    [o] = observaciones(enviado)
    assert (o["estado"], o["respuesta"]) == ("respondida", "Se agregó: diez días")


def test_marcar_resuelto_en_el_borrador_tambien_y_el_comentario_no_viaja(enviado: Casa) -> None:
    enviado.hace("devolver PR-FOM-01 --archivo", comentado(enviado, "Falta el plazo"), de="egt")
    contestar(enviado.ruta(COPIA), "", resuelto=True)
    enviado.hace("entregar PR-FOM-01", str(enviado.ruta(COPIA)), de="cr1")
    enviado.ruta(BORRADOR).write_bytes(enviado.ruta(COPIA).read_bytes())
    enviado.hace("enviar PR-FOM-01", de="cr1")
    assert observaciones(enviado)[0]["estado"] == "respondida"
    assert leer_comentarios(enviado.ruta(BORRADOR).read_bytes()) == []


def test_lo_escrito_en_la_copia_no_se_pierde(enviado: Casa) -> None:
    enviado.hace("devolver PR-FOM-01 --archivo", comentado(enviado, "Falta el plazo"), de="egt")
    escribir_en_word(enviado.ruta(COPIA), "El plazo es de diez días.")
    enviado.negada("enviar PR-FOM-01", de="cr1", dice="copia con observaciones")
    enviado.hace("entregar PR-FOM-01", str(enviado.ruta(COPIA)), de="cr1")
    enviado.hace("enviar PR-FOM-01 --respuesta '8.1: listo'", de="cr1")
    assert not enviado.ruta(COPIA).exists()
    assert "diez días" in "".join(b.texto for b in forma_normal(enviado.ruta(BORRADOR).read_bytes()).bloques)


def test_descartar_tampoco_borra_lo_escrito_en_la_copia(enviado: Casa) -> None:
    enviado.hace("devolver PR-FOM-01 --texto 'Falta el plazo'", de="egt")
    intacta = enviado.ruta(COPIA).read_bytes()
    escribir_en_word(enviado.ruta(COPIA), "El plazo es de diez días.")
    enviado.negada("descartar PR-FOM-01 --motivo No", de="cr1", dice="copia con observaciones")
    enviado.ruta(COPIA).write_bytes(intacta)
    enviado.hace("descartar PR-FOM-01 --motivo No", de="cr1")
    assert enviado.archivos(CARPETA) == set()


def test_una_abierta_no_impide_revisar_y_se_cierra_con_la_conformidad_de_quien_la_hizo(enviado: Casa) -> None:
    enviado.hace("devolver PR-FOM-01 --texto 'Falta el plazo'", de="egt")
    assert [f["observaciones_abiertas"] for f in enviado.hace("estado PR-FOM-01")] == [0, 1]
    assert "sin atender en la versión 02: 1" in enviado.dice("estado PR-FOM-01")
    enviado.hasta("PR-FOM-01", "revisar")
    assert observaciones(enviado)[0]["estado"] == "conforme"
    enviado.hace("aprobar PR-FOM-01", de="dn")


def test_sin_responder_ni_conformidad_no_se_aprueba(enviado: Casa) -> None:
    """dn observó y nadie respondió: no hay qué firmar todavía; si aprueba de todos modos, es su conformidad."""
    enviado.hace("revisar PR-FOM-01", de="egt")
    enviado.hace("devolver PR-FOM-01 --texto 'Falta el plazo' --seccion 6", de="dn")
    [envio] = enviado.hace("enviar PR-FOM-01", de="cr1")
    sin_respuesta, sin_cambios = envio["avisos"]
    assert "va sin respuesta a la observación 9.1" in sin_respuesta
    assert sin_cambios == "PR-FOM-01 versión 02 dice lo mismo que la vigente: no cambia ninguna sección."
    enviado.hace("revisar PR-FOM-01", de="egt")
    error = enviado.negada(
        f"preparar-firma PR-FOM-01 -o {enviado.raiz.parent}", dice="observación 9.1: Falta el plazo"
    )
    assert error["problemas"][0]["lugar"] == "sección 6"
    enviado.hace("aprobar PR-FOM-01", de="dn")
    assert observaciones(enviado)[0]["estado"] == "conforme"


def test_las_respuestas_se_comprueban(enviado: Casa) -> None:
    enviado.hace("devolver PR-FOM-01 --texto 'Falta el plazo'", de="egt")
    enviado.negada("enviar PR-FOM-01 --respuesta '99.1: hecho'", de="cr1", dice="99.1")
    enviado.negada("enviar PR-FOM-01 --respuesta '8.1: —'", de="cr1", dice="vacía")
    enviado.negada("enviar PR-FOM-01 --respuesta hecho", de="cr1", codigo=2, dice="13.2")
    enviado.hace("enviar PR-FOM-01 --respuesta '8.1: se agregó en 6.1'", de="cr1")
    assert "8.1, respondida: Falta el plazo Respuesta: se agregó en 6.1" in enviado.dice(
        "historial PR-FOM-01"
    )


@pytest.mark.parametrize("preparar", ["sin nada", "otro documento", "sin identidad", "no es word", "roto"])
def test_un_archivo_que_no_sirve_se_rechaza_con_una_oracion(enviado: Casa, preparar: str) -> None:
    borrador = enviado.ruta(BORRADOR).read_bytes()
    suelto = enviado.raiz.parent / "suelto.docx"
    dice = {
        "sin nada": "no trae comentarios",
        "otro documento": "PR-FOM-01 versión 01",
        "sin identidad": "no dice de qué documento es",
        "no es word": "no es un documento de Word",
        "roto": "dañado",
    }[preparar]
    if preparar == "sin nada":
        suelto.write_bytes(borrador)
    elif preparar == "otro documento":
        suelto.write_bytes(enviado.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx").read_bytes())
    elif preparar == "sin identidad":
        documento = docx.Document()
        documento.add_paragraph("algo")
        documento.save(str(suelto))
    elif preparar == "no es word":
        suelto = suelto.with_suffix(".txt")
        suelto.write_bytes(b"hola")
    else:
        suelto.write_bytes(borrador[: len(borrador) // 2])
    enviado.negada("devolver PR-FOM-01 --archivo", str(suelto), de="egt", dice=dice)


def test_lo_que_el_sistema_escribio_no_se_observa_otra_vez(enviado: Casa) -> None:
    notas = [Nota("Observación 8.1\nFalta el plazo", "Fiscal", "1"), Nota("Sección vacía", CHEQUEO, "2")]
    suelto = enviado.raiz.parent / "suelto.docx"
    suelto.write_bytes(comentar(enviado.ruta(BORRADOR).read_bytes(), notas, enviado.reloj()))
    enviado.negada("devolver PR-FOM-01 --archivo", str(suelto), de="egt", dice="no trae comentarios")


def test_un_archivo_es_de_un_documento(enviado: Casa) -> None:
    archivo = comentado(enviado, "Falta")
    enviado.negada(
        "devolver PR-FOM-01 PR-FOM-02 --archivo", archivo, de="egt", codigo=2, dice="un solo documento"
    )


def contestar(archivo: Path, texto: str, *, resuelto: bool = False) -> None:
    """Contesta el primer comentario como Word: otro comentario y su hilo en `commentsExtended`."""
    w14, w15 = (f"http://schemas.microsoft.com/office/word/{x}/wordml" for x in (2010, 2012))
    tipos = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
    salida = io.BytesIO()
    with zipfile.ZipFile(archivo) as viejo, zipfile.ZipFile(salida, "w") as nuevo:
        for parte in viejo.namelist():
            xml = viejo.read(parte)
            if parte == "word/comments.xml":
                con_id = xml.decode().replace("<w:p>", f'<w:p xmlns:w14="{w14}" w14:paraId="0000AAAA">')
                respuesta = (
                    f'<w:comment w:id="77" w:author="Elabora"><w:p xmlns:w14="{w14}" w14:paraId="0000BBBB">'
                    f"<w:r><w:t>{texto}</w:t></w:r></w:p></w:comment>"
                )
                xml = con_id.replace("</w:comments>", (respuesta if texto else "") + "</w:comments>").encode()
            elif parte == "[Content_Types].xml":
                sobre = f'<Override PartName="/word/commentsExtended.xml" ContentType="{tipos}"/></Types>'
                xml = xml.decode().replace("</Types>", sobre).encode()
            elif parte == "word/_rels/document.xml.rels":
                rel = (
                    '<Relationship Id="rHilos" Type="http://schemas.microsoft.com/office/2011/relationships/'
                    'commentsExtended" Target="commentsExtended.xml"/></Relationships>'
                )
                xml = xml.decode().replace("</Relationships>", rel).encode()
            nuevo.writestr(parte, xml)
        hijo = (
            '<w15:commentEx w15:paraId="0000BBBB" w15:paraIdParent="0000AAAA" w15:done="0"/>' if texto else ""
        )
        nuevo.writestr(
            "word/commentsExtended.xml",
            f'<w15:commentsEx xmlns:w15="{w15}"><w15:commentEx w15:paraId="0000AAAA" '
            f'w15:done="{int(resuelto)}"/>{hijo}</w15:commentsEx>',
        )
    archivo.write_bytes(salida.getvalue())


def test_lo_corregido_sin_marcar_tambien_se_ve(enviado: Casa) -> None:
    archivo = corregido(
        enviado, lambda xml: xml.replace("Se publican las bases.", "Se publican las reglas en marzo.")
    )
    enviado.hace("devolver PR-FOM-01 --archivo", archivo, de="egt")
    [o] = observaciones(enviado)
    assert o["texto"] == (
        "Se propone reemplazar «bases.» por «reglas en marzo.», después de «Se publican las» (corregido sin marcar)"
    )
    assert o["ancla"] == "Se publican las bases."


def test_comentar_una_copia_vieja_se_dice(enviado: Casa) -> None:
    """Se comentó lo enviado, pero mientras tanto se entregó y se envió otra cosa."""
    viejo = comentado(enviado, "Falta el plazo")
    enviado.hace("retirar PR-FOM-01", de="cr1")
    enviado.editar("PR-FOM-01", "Un párrafo más.")
    enviado.hace("entregar PR-FOM-01", de="cr1")
    enviado.hace("enviar PR-FOM-01", de="cr1")
    enviado.negada("devolver PR-FOM-01 --archivo", viejo, de="egt", dice="de un borrador anterior")


def test_lo_comentado_antes_de_un_reenvio_sin_cambios_sigue_valiendo(enviado: Casa) -> None:
    archivo = comentado(enviado, "Falta el plazo")
    enviado.hace("retirar PR-FOM-01", de="cr1")
    enviado.hace("enviar PR-FOM-01", de="cr1")
    assert enviado.hace("devolver PR-FOM-01 --archivo", archivo, de="egt")[0]["estado"] == "borrador"
