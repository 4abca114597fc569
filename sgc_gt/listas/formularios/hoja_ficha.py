"""Una hoja de rótulo y valor: un dato por fila, con su ayuda, su requisito y lo que decía antes."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sgc_gt.listas.formularios.celdas import Celda, a_celda
from sgc_gt.listas.formularios.escritura_celdas import escribir_celda
from sgc_gt.listas.formularios.estilos import Rangos, alto, ayuda_de, formato_de, validacion
from sgc_gt.listas.formularios.modelo import MARCA, Formulario
from sgc_gt.listas.formularios.partes import Parte, bajar

_CABECERA = 3
_COLUMNAS = (("", 4), ("Dato", 40), ("Respuesta", 70), ("Qué se espera", 48))
_IGUAL = "Igual"


def escribir_ficha(
    hoja: Worksheet, f: Formulario, parte: Parte, rangos: Rangos, estilos: Mapping[str, Format]
) -> None:
    """Escribe la hoja entera."""
    columnas = [*_COLUMNAS, *([(f"Respecto de {f.anterior_nombre}", 40)] if f.anterior is not None else [])]
    for n, (titulo, ancho) in enumerate(columnas):
        hoja.set_column(n, n, ancho, None, {"hidden": n == 0})
        if n:
            hoja.write_string(_CABECERA, n, titulo, estilos["encabezado"])
    hoja.write_string(0, 1, parte.titulo, estilos["titulo"])
    hoja.write_string(1, 1, parte.ayuda, estilos["bajada"])
    fila, grupo = _CABECERA + 1, ""
    for campo in parte.campos:
        if campo.grupo != grupo:
            grupo = campo.grupo
            if grupo:
                for n in range(1, len(columnas)):
                    hoja.write_string(fila, n, grupo if n == 1 else "", estilos["grupo"])
                fila += 1
        ruta = (*parte.ruta, *campo.ruta)
        visto = a_celda(campo, bajar(f.datos, ruta), f.nombres)
        hoja.write_string(fila, 0, f"{MARCA}{parte.clave}|{campo.clave}")
        hoja.write_string(fila, 1, campo.rotulo, estilos["rotulo"])
        escribir_celda(hoja, fila, 2, visto, estilos[formato_de(campo, visto)])
        hoja.write_string(fila, 3, ayuda_de(campo), estilos["ayuda"])
        if f.anterior is not None:
            antes = a_celda(campo, bajar(f.anterior, ruta), f.nombres)
            hoja.write_string(fila, 4, _respecto(visto, antes), estilos["fijo"])
        hoja.data_validation(fila, 2, fila, 2, validacion(campo, rangos))
        hoja.set_row(fila, alto([(ayuda_de(campo), 52), (visto, 72), (campo.rotulo, 40)]))
        fila += 1
    hoja.freeze_panes(_CABECERA + 1, 2)
    hoja.repeat_rows(_CABECERA)


def _respecto(visto: Celda, antes: Celda) -> str:
    if visto == antes:
        return _IGUAL if visto is not None else ""
    return f"Antes: {antes}" if antes is not None else "Nuevo"
