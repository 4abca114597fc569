"""Imágenes generadas: una figura PNG en línea, con su relación y su texto alternativo."""

from __future__ import annotations

import hashlib
import re
import struct
from typing import NamedTuple

from lxml import etree

from sgc_gt.errores import EntradaInvalida
from sgc_gt.word.nombres import NS, q
from sgc_gt.word.paquete import Partes, declarar_tipo, relacionar

EMU_POR_CM = 360_000
ALTO_MAXIMO_CM = 21.5
_MARCA = re.compile("\U0010ff00(\\d+)\U0010ff01")
_PNG = b"\x89PNG\r\n\x1a\n"


class Imagen(NamedTuple):
    """Una imagen PNG para poner en un documento, con lo que dice a quien no la ve."""

    png: bytes
    alt: str
    ancho_cm: float


def medidas(imagen: Imagen) -> tuple[int, int]:
    """Ancho y alto en EMU: el ancho pedido, achicado si la imagen no cabe a lo alto de una página."""
    if not imagen.png.startswith(_PNG):
        raise EntradaInvalida(
            f"la imagen «{imagen.alt[:60]}» no es PNG", esperado="una imagen PNG", hacer="Conviértala a PNG."
        )
    ancho, alto = struct.unpack(">II", imagen.png[16:24])
    cm = imagen.ancho_cm
    if ancho and cm * alto / ancho > ALTO_MAXIMO_CM:
        cm = ALTO_MAXIMO_CM * ancho / alto
    return round(cm * EMU_POR_CM), round(cm * EMU_POR_CM * alto / max(ancho, 1))


def insertar(partes: Partes, parte: str, raiz: etree._Element, imagenes: list[Imagen]) -> None:
    """Reemplaza las marcas que dejó la generación por los dibujos."""
    if not imagenes:
        return
    for texto in [t for t in raiz.iter(q("w:t")) if "\U0010ff00" in (t.text or "")]:
        tramo = texto.getparent()
        if tramo is None:
            continue
        nuevos: list[etree._Element] = []
        for n, trozo in enumerate(_MARCA.split(texto.text or "")):
            if n % 2:
                imagen = imagenes[int(trozo)]
                nuevos.append(_dibujo(imagen, _relacion(partes, parte, imagen)))
            elif trozo:
                nuevo = etree.Element(q("w:t"))
                nuevo.text = trozo
                nuevo.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                nuevos.append(nuevo)
        lugar = tramo.index(texto)
        tramo[lugar : lugar + 1] = nuevos


def _relacion(partes: Partes, parte: str, imagen: Imagen) -> str:
    nombre = f"word/media/sgc_{hashlib.sha256(imagen.png).hexdigest()[:16]}.png"
    if nombre not in partes:
        partes[nombre] = imagen.png
        declarar_tipo(partes, extension="png", tipo="image/png")
    return relacionar(partes, parte, "image", nombre)


def _dibujo(imagen: Imagen, identificador: str) -> etree._Element:
    ancho, alto = medidas(imagen)
    usados = {p: NS[p] for p in ("wp", "a", "pic", "r")}
    dibujo = etree.Element(q("w:drawing"), nsmap={"w": NS["w"], **usados})
    en_linea = etree.SubElement(dibujo, q("wp:inline"), distT="0", distB="0", distL="0", distR="0")
    etree.SubElement(en_linea, q("wp:extent"), cx=str(ancho), cy=str(alto))
    etree.SubElement(en_linea, q("wp:docPr"), id="1", name="Figura", descr=imagen.alt)
    datos = etree.SubElement(etree.SubElement(en_linea, q("a:graphic")), q("a:graphicData"), uri=NS["pic"])
    figura = etree.SubElement(datos, q("pic:pic"))
    propias = etree.SubElement(figura, q("pic:nvPicPr"))
    etree.SubElement(propias, q("pic:cNvPr"), id="0", name="Figura", descr=imagen.alt)
    etree.SubElement(propias, q("pic:cNvPicPr"))
    relleno = etree.SubElement(figura, q("pic:blipFill"))
    etree.SubElement(relleno, q("a:blip")).set(q("r:embed"), identificador)
    etree.SubElement(etree.SubElement(relleno, q("a:stretch")), q("a:fillRect"))
    forma = etree.SubElement(figura, q("pic:spPr"))
    marco = etree.SubElement(forma, q("a:xfrm"))
    etree.SubElement(marco, q("a:off"), x="0", y="0")
    etree.SubElement(marco, q("a:ext"), cx=str(ancho), cy=str(alto))
    etree.SubElement(etree.SubElement(forma, q("a:prstGeom"), prst="rect"), q("a:avLst"))
    return dibujo
