"""El paquete de auditoría: qué archivos lleva y qué dice cada uno, para quien no tiene el sistema.

Nada aquí mira el reloj: con la misma historia, la misma fecha y lo mismo pedido, son los mismos bytes.
Escribirlo en el disco es de `ordenes.paquete`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sgc_gt.consultas.ancla import ancla_de
from sgc_gt.consultas.auditoria import a_dicts as clausulas_a_dicts
from sgc_gt.consultas.expediente import expediente
from sgc_gt.consultas.expediente import pagina as pagina_de_expediente
from sgc_gt.consultas.expediente_citas import indice as indice_de_citas
from sgc_gt.consultas.firmas import firmantes_permitidos
from sgc_gt.consultas.hallazgos import hallazgos
from sgc_gt.consultas.historial import Filtro, filtrado
from sgc_gt.consultas.historial_palabras import en_planilla
from sgc_gt.consultas.informe_hallazgos import Informe, a_dicts, pagina, resumen
from sgc_gt.consultas.integridad import Integridad
from sgc_gt.consultas.leame import leame
from sgc_gt.consultas.listas import Lista, exportar, listas
from sgc_gt.consultas.versiones import archivo_de
from sgc_gt.contexto import Vista
from sgc_gt.dominio.actos import DESCARTADO
from sgc_gt.dominio.auditoria import Auditoria
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.punto_de_uso import es_reservado
from sgc_gt.dominio.situacion import Version, ocurre, situacion
from sgc_gt.errores import Rechazo
from sgc_gt.listas.csv import a_csv
from sgc_gt.paginas.armar import armar

INDICE = "index.html"
LEAME = "LEAME.txt"
FARDO = "historia/servicio.bundle"
HISTORIAL = "historial.csv"
HALLAZGOS = "hallazgos.html"
AUDITORIA = "auditoria.html"
EXPEDIENTES = "expedientes"
VIGENTES = "vigentes"


class Pedido(NamedTuple):
    """Qué se lleva: la fecha de corte, la auditoría por cláusula ya hecha y los códigos con expediente."""

    fecha: date
    auditoria: Auditoria
    pagina_auditoria: Callable[[Callable[[str], str], str], str]  # con los enlaces y el índice del paquete
    codigos: Sequence[str]
    integridad: Integridad  # la historia ya se repitió entera
    muestra: str = ""  # cómo se eligieron, en palabras; vacío: van todos


class Fila(NamedTuple):
    """Un código en el índice."""

    codigo: str
    titulo: str
    tipo: str
    version: str
    estado: str
    desde: date | None
    expediente: str  # ruta de su página; vacío: no va
    archivo: str  # ruta de su archivo exacto; vacío: no rige, o no es un archivo de aquí
    reservado: bool = False


FIRMANTES = "historia/allowed_signers"

Pieza = tuple[str, bytes]
Avanzar = Callable[[int, int], None]


def conocidos(vista: Vista, fecha: date) -> list[Ficha]:
    """Todo lo que existía en la fecha, por código."""
    return sorted((f for f in vista.fichas() if ocurre(f.actos[0]) <= fecha), key=lambda f: f.codigo)


def piezas(vista: Vista, pedido: Pedido, avanzar: Avanzar = lambda _hechos, _total: None) -> Iterator[Pieza]:
    """Cada archivo del paquete con su ruta, de a uno; la historia misma la deja quien escribe."""
    fecha = pedido.fecha
    fichas = conocidos(vista, fecha)
    sin_pagina: dict[str, str] = {}
    citas = indice_de_citas(vista, fecha)
    with vista.repo.compartiendo(), vista.repo.por_ficha():
        for hechos, codigo in enumerate(pedido.codigos, 1):
            try:
                pagina_ = pagina_de_expediente(
                    expediente(vista, codigo, fecha, citas=citas)._replace(integridad=pedido.integridad)
                )
            except Rechazo as rechazo:  # un documento que no se deja armar se nombra, y el paquete sigue
                sin_pagina[codigo] = rechazo.mensaje
            else:
                yield ruta_expediente(codigo), pagina_.encode()
            avanzar(hechos, len(pedido.codigos))
    con_pagina = {c for c in pedido.codigos if c not in sin_pagina}
    filas = [f for ficha in fichas if (f := _fila(vista, ficha, fecha, con_pagina))]
    for fila, ficha in ((f, vista.ficha(f.codigo)) for f in filas if f.archivo):
        yield fila.archivo, archivo_de(vista, ficha, "vigente", fecha).contenido
    yield from _informes(vista, pedido, filas, sin_pagina)


def _informes(
    vista: Vista, pedido: Pedido, filas: Sequence[Fila], sin_pagina: dict[str, str]
) -> Iterator[Pieza]:
    fecha = pedido.fecha
    las_listas = [
        (_ruta_lista(lista, fecha), lista.tabla.titulo, exportar(vista, lista, "xlsx"))
        for lista in listas(vista, fecha)
    ]
    yield from ((ruta, datos) for ruta, _, datos in las_listas)
    yield HISTORIAL, historial_csv(vista)
    informe = Informe(vista.servicio.nombre, vista.servicio.norma, fecha, hallazgos(vista, fecha))
    enlaces = {f.codigo: f.expediente for f in filas if f.expediente}

    def enlace(codigo: str) -> str:
        return enlaces.get(codigo, "")

    yield HALLAZGOS, pagina(informe, enlace, INDICE).encode()
    yield "hallazgos.json", _json(a_dicts(informe.resultados))
    yield AUDITORIA, pedido.pagina_auditoria(enlace, INDICE).encode()
    clausulas = clausulas_a_dicts(pedido.auditoria.clausulas)
    yield "auditoria.json", _json({"historia": pedido.integridad.a_dict(), "clausulas": clausulas})
    ancla = ancla_de(vista)
    yield (
        INDICE,
        armar(
            "paquete",
            servicio=vista.servicio.nombre,
            norma=pedido.auditoria.norma.edicion,
            fecha=fecha,
            ancla=ancla,
            integridad=pedido.integridad,
            documentos=[f for f in filas if "/" not in f.codigo],
            registros=[f for f in filas if "/" in f.codigo],
            listas=[(ruta, titulo) for ruta, titulo, _ in las_listas],
            hallazgos=resumen(informe),
            con_alertas=sum(1 for c in pedido.auditoria.clausulas if c.alertas),
            clausulas=len(pedido.auditoria.clausulas),
            muestra=pedido.muestra,
            reservados=sum(1 for f in filas if f.reservado and f.expediente),
            sin_pagina=sin_pagina,
            rutas={
                "hallazgos": HALLAZGOS,
                "auditoria": AUDITORIA,
                "historial": HISTORIAL,
                "fardo": FARDO,
                "leame": LEAME,
            },
        ).encode(),
    )
    firmantes = firmantes_permitidos(vista.servicio)
    if firmantes:
        yield FIRMANTES, firmantes.encode()
    yield LEAME, leame(vista.servicio.nombre, fecha, pedido.integridad, firmantes=bool(firmantes)).encode()


def _fila(vista: Vista, ficha: Ficha, fecha: date, con_pagina: set[str]) -> Fila | None:
    s = situacion(ficha, fecha)
    v = s.vigente or s.abierta or s.por_regir or (s.versiones[-1] if s.versiones else None)
    if v is None or v.estado == DESCARTADO:
        return None
    clase = vista.servicio.series.get(ficha.codigo.partition("/")[0]) if "/" in ficha.codigo else None
    tipo = clase or vista.servicio.tipos.get(ficha.tipo)
    return Fila(
        codigo=ficha.codigo,
        titulo=v.titulo,
        tipo=tipo.nombre if tipo else ficha.tipo,
        version=v.version,
        estado=ESTADOS[v.estado],
        desde=v.vigente_desde or v.abierta,
        expediente=ruta_expediente(ficha.codigo) if ficha.codigo in con_pagina else "",
        archivo=_ruta_archivo(ficha, v) if s.vigente and ficha.codigo in con_pagina else "",
        reservado=es_reservado(vista.servicio, ficha.codigo),
    )


def _ruta_lista(lista: Lista, fecha: date) -> str:
    return f"listas/{lista.nombre}_{fecha.isoformat()}.xlsx"


def ruta_expediente(codigo: str) -> str:
    """`expedientes/RG-SGC-05_2026_001.html`."""
    return f"{EXPEDIENTES}/{codigo.replace('/', '_')}.html"


def _ruta_archivo(ficha: Ficha, v: Version) -> str:
    """El archivo exacto de lo que rige; los de registros ya van, con su respaldo, en su expediente."""
    return "" if "/" in ficha.codigo or not v.archivo else f"{VIGENTES}/{v.archivo}"


def _json(valor: object) -> bytes:
    return (json.dumps(valor, ensure_ascii=False, indent=2, default=_fecha) + "\n").encode()


def _fecha(valor: object) -> str:
    if isinstance(valor, date):
        return valor.isoformat()
    raise TypeError(f"{type(valor).__name__} no se puede escribir")


def historial_csv(vista: Vista) -> bytes:
    """La historia de todo el servicio, una fila por movimiento: la misma que entrega `historial`."""
    todos = Filtro()
    return a_csv(en_planilla(vista, filtrado(vista, todos), todos))
