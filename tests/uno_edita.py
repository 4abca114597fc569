"""Editar un documento con LibreOffice como lo haría una persona: lo corre el Python que tiene `uno`.

    python3 uno_edita.py ORIGEN DESTINO PERFIL PASO…

Abre el documento en un LibreOffice propio, sin ventana, ejecuta los pasos en orden y lo guarda como .docx o,
si es una planilla, como .xlsx.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue

ESPERA = 60
CONEXION: list[Any] = []  # el contexto de LibreOffice, una vez conectado


def propiedad(nombre: str, valor: Any) -> Any:
    p = PropertyValue()
    p.Name, p.Value = nombre, valor
    return p


def reemplazar(documento: Any, viejo: str, nuevo: str) -> None:
    """Buscar y reemplazar, en todo el documento."""
    busqueda = documento.createReplaceDescriptor()
    busqueda.SearchString, busqueda.ReplaceString = viejo, nuevo
    exigir(documento.replaceAll(busqueda) > 0, f"no está «{viejo}»")


def agregar(documento: Any, despues_de: str, texto: str) -> None:
    """Un párrafo nuevo después del que dice `despues_de`."""
    busqueda = documento.createSearchDescriptor()
    busqueda.SearchString = despues_de
    hallado = documento.findFirst(busqueda)
    exigir(hallado is not None, f"no está «{despues_de}»")
    cursor = hallado.Text.createTextCursorByRange(hallado.End)
    cursor.gotoEndOfParagraph(False)
    hallado.Text.insertControlCharacter(cursor, 0, False)
    hallado.Text.insertString(cursor, texto, False)


def celda(documento: Any, vieja: str, nueva: str) -> None:
    """La celda que dice `vieja`, en cualquier tabla."""
    for tabla in (documento.TextTables.getByIndex(n) for n in range(documento.TextTables.Count)):
        for nombre in tabla.CellNames:
            if tabla.getCellByName(nombre).String == vieja:
                tabla.getCellByName(nombre).String = nueva
                return
    exigir(False, f"ninguna celda dice «{vieja}»")


def _grafico(archivo: str) -> Any:
    remoto = CONEXION[0]
    proveedor = remoto.ServiceManager.createInstanceWithContext(
        "com.sun.star.graphic.GraphicProvider", remoto
    )
    return proveedor.queryGraphic((propiedad("URL", uno.systemPathToFileUrl(archivo)),))


def imagen(documento: Any, despues_de: str, archivo: str, alt: str) -> None:
    """Una imagen en línea, al final del párrafo que dice `despues_de`."""
    busqueda = documento.createSearchDescriptor()
    busqueda.SearchString = despues_de
    hallado = documento.findFirst(busqueda)
    exigir(hallado is not None, f"no está «{despues_de}»")
    objeto = documento.createInstance("com.sun.star.text.TextGraphicObject")
    objeto.Graphic, objeto.Description = _grafico(archivo), alt
    objeto.Width, objeto.Height = 4000, 2000
    objeto.AnchorType = uno.Enum("com.sun.star.text.TextContentAnchorType", "AS_CHARACTER")
    hallado.Text.insertTextContent(hallado.End, objeto, False)


def cambiar_imagen(documento: Any, archivo: str) -> None:
    """La primera imagen, por otra: «Reemplazar imagen» en el menú."""
    documento.GraphicObjects.getByIndex(0).Graphic = _grafico(archivo)


def nota(documento: Any, despues_de: str, texto: str) -> None:
    """Una nota al pie llamada al final del párrafo que dice `despues_de`."""
    busqueda = documento.createSearchDescriptor()
    busqueda.SearchString = despues_de
    hallado = documento.findFirst(busqueda)
    exigir(hallado is not None, f"no está «{despues_de}»")
    pie = documento.createInstance("com.sun.star.text.Footnote")
    hallado.Text.insertTextContent(hallado.End, pie, False)
    pie.insertString(pie.createTextCursor(), texto, False)


def encabezado(documento: Any, texto: str) -> None:
    """Un párrafo al final de cada encabezado."""
    estilos = documento.StyleFamilies.getByName("PageStyles")
    for estilo in (estilos.getByIndex(n) for n in range(estilos.Count)):
        if estilo.HeaderIsOn and estilo.isInUse():
            fin = estilo.HeaderText.createTextCursorByRange(estilo.HeaderText.End)
            estilo.HeaderText.insertControlCharacter(fin, 0, False)
            estilo.HeaderText.insertString(fin, texto, False)


def menu(documento: Any, orden: str) -> None:
    """Una orden del menú, por su nombre interno: «AcceptAllTrackedChanges»."""
    remoto = CONEXION[0]
    despacho = remoto.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", remoto)
    despacho.executeDispatch(documento.CurrentController.Frame, f".uno:{orden}", "", 0, ())


def _hoja(documento: Any, comienzo: str) -> Any:
    hojas = [documento.Sheets.getByIndex(n) for n in range(documento.Sheets.Count)]
    halladas = [h for h in hojas if h.Name.startswith(comienzo)]
    exigir(len(halladas) > 0, f"ninguna hoja empieza por «{comienzo}»")
    return halladas[0]


def teclear(documento: Any, hoja: str, celda: str, texto: str) -> None:
    """Escribe en una celda de planilla lo que una persona teclearía: Calc decide si es número o fecha."""
    _hoja(documento, hoja).getCellRangeByName(celda).setFormula(texto)


def combinar(documento: Any, hoja: str, rango: str) -> None:
    """Combina esas celdas de la planilla."""
    _hoja(documento, hoja).getCellRangeByName(rango).merge(True)


def renombrar(documento: Any, hoja: str, nombre: str) -> None:
    """Cambia el nombre de la hoja y la lleva al final."""
    _hoja(documento, hoja).Name = nombre
    documento.Sheets.moveByName(nombre, documento.Sheets.Count)


def ocultar(documento: Any, hoja: str, fila: str) -> None:
    """Oculta una fila de la planilla."""
    _hoja(documento, hoja).Rows.getByIndex(int(fila) - 1).IsVisible = False


def guardar(documento: Any) -> None:
    """Nada más que guardar."""


PASOS = {
    f.__name__: f
    for f in (
        *(reemplazar, agregar, celda, imagen, cambiar_imagen, nota, encabezado, menu, guardar),
        *(teclear, combinar, renombrar, ocultar),
    )
}


def exigir(condicion: bool, mensaje: str) -> None:
    if not condicion:
        raise SystemExit(mensaje)


def conectar(perfil: str) -> tuple[subprocess.Popen[bytes], Any]:
    """LibreOffice con un perfil propio, y su contexto: dos pruebas a la vez no se estorban."""
    tubo = f"sgc{abs(hash(perfil)) % 10**9}"
    orden = ["soffice", f"-env:UserInstallation=file://{perfil}", "--headless", "--norestore", "--invisible"]
    proceso = subprocess.Popen([*orden, f"--accept=pipe,name={tubo};urp;"])
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    limite = time.monotonic() + ESPERA
    while True:
        try:
            return proceso, resolver.resolve(f"uno:pipe,name={tubo};urp;StarOffice.ComponentContext")
        except Exception:
            if time.monotonic() > limite:
                proceso.kill()
                raise
            time.sleep(0.2)


def editar(origen: Path, destino: Path, perfil: str, pasos: list[str]) -> None:
    proceso, remoto = conectar(perfil)
    CONEXION[:] = [remoto]
    escritorio = remoto.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remoto)
    try:
        oculto = (propiedad("Hidden", True),)
        documento = escritorio.loadComponentFromURL(origen.as_uri(), "_blank", 0, oculto)
        for paso in pasos:
            nombre, *argumentos = paso.split("|")
            PASOS[nombre](documento, *argumentos)
        formato = "Calc MS Excel 2007 XML" if destino.suffix == ".xlsx" else "MS Word 2007 XML"
        filtro = (propiedad("FilterName", formato), propiedad("Overwrite", True))
        documento.storeToURL(destino.as_uri(), filtro)
        documento.close(True)
    finally:
        try:
            escritorio.terminate()
        except Exception:  # noqa: BLE001  (la conexión se corta al terminar)
            proceso.kill()
        proceso.wait(ESPERA)


if __name__ == "__main__":
    editar(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
