"""`listas`: la maestra, la de registros, la de externos y la de distribución, a una fecha de corte."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sgc_gt.consultas.ancla import ancla_de
from sgc_gt.consultas.derivadas import archivados
from sgc_gt.consultas.distribucion import distribuciones
from sgc_gt.consultas.pedidos import pedidos_vigentes
from sgc_gt.contexto import Vista
from sgc_gt.dominio import filas
from sgc_gt.dominio.externos import externos_de
from sgc_gt.dominio.filas import Archivados
from sgc_gt.dominio.filas_distribucion import lista_distribucion
from sgc_gt.dominio.registros import PedidoRegistro, con_serie
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.tabla import Tabla
from sgc_gt.listas.csv import a_csv, resumen
from sgc_gt.listas.xlsx import a_xlsx


class Lista(NamedTuple):
    """Una lista con el nombre de archivo que le corresponde."""

    nombre: str
    tabla: Tabla


def listas(vista: Vista, corte: date) -> tuple[Lista, ...]:
    """Las cuatro listas, calculadas de los movimientos con fecha hasta el corte."""
    s = vista.servicio
    fichas = list(vista.fichas())
    maestra = [fila for f in fichas if (fila := filas.fila_maestra(s, f, corte))]
    pedidos = con_serie(pedidos_vigentes(vista, fichas, corte), s.series)
    series = [
        {
            **filas.fila_serie(
                s, serie, Archivados.contar([d for d in archivados(vista, serie) if d <= corte])
            ),
            "lo_pide": [p.procedimiento for p, pedida in pedidos if pedida is serie],
        }
        for serie in s.series.values()
    ]
    series += [_fuera_del_catalogo(s, p) for p, serie in pedidos if serie is None]
    de_afuera = externos_de(vista.sistema, corte)
    return (
        Lista("lista_maestra", filas.lista_maestra(s, maestra, corte)),
        Lista("lista_registros", filas.lista_registros(s, series, corte)),
        Lista(
            "documentos_externos",
            filas.lista_externos(s, [filas.fila_externo(s, e) for e in de_afuera.values()], corte),
        ),
        Lista("lista_distribucion", lista_distribucion(s, distribuciones(vista, corte, fichas), corte)),
    )


def _fuera_del_catalogo(servicio: Servicio, pedido: PedidoRegistro) -> dict[str, object]:
    """Un registro que un documento vigente pide y el catálogo no tiene, como el documento lo describe."""
    return {
        **pedido._asdict(),
        "codigo": pedido.codigo or "(sin código)",
        "responsable": filas.nombre_cargo(servicio, pedido.responsable),
        "lo_pide": [pedido.procedimiento],
    }


def exportar(vista: Vista, lista: Lista, formato: str) -> bytes:
    """La lista en CSV, XLSX o DOCX, con membrete y fecha de corte."""
    if formato == "csv":
        return a_csv(lista.tabla)
    s = vista.servicio
    membrete = {
        "ministerio": s.ministerio,
        "servicio": s.nombre,
        "sistema": "Sistema de Gestión de la Calidad",
        "verificacion": f"Código de verificación: {resumen(lista.tabla)[:16].upper()}"
        f"  ·  Ancla: {ancla_de(vista)}",
        "leyenda": s.leyenda,
    }
    if formato == "xlsx":
        return a_xlsx(lista.tabla, membrete)
    from sgc_gt.word.lista import lista_docx  # noqa: PLC0415  (300 ms que un CSV no paga)

    return lista_docx(lista.tabla, membrete)
