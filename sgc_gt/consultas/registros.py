"""`registros`: lo que la sección de registros de cada procedimiento vigente pide, contra lo archivado."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from sgc_gt.consultas.pedidos import pedidos_vigentes
from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas, vida
from sgc_gt.dominio.actos import RETIRADOS
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.filas import nombre_cargo
from sgc_gt.dominio.rectificacion import con_lo_que_decia, periodo_de, rectificada
from sgc_gt.dominio.registros import FilaRegistro, Instancia, con_serie, conciliar
from sgc_gt.dominio.series import serie_de
from sgc_gt.dominio.situacion import Version, situacion


def registros(
    vista: Vista, periodo: str, fecha: date, fichas: Sequence[Ficha] = ()
) -> tuple[FilaRegistro, ...]:
    """La conciliación del período. Vacía si nadie pide registros ni hay archivados.

    `fichas`: las de la vista, si quien llama ya las leyó todas.
    """
    fichas = fichas or list(vista.fichas())
    presentes = defaultdict(list)
    for ficha in fichas:
        for instancia in _instancias(vista, ficha, fecha):
            presentes[serie_de(vista.servicio, ficha)].append(instancia)
    return conciliar(
        pedidos_vigentes(vista, fichas, fecha),
        vista.servicio.series,
        presentes,
        periodo,
        partial(nombre_cargo, vista.servicio),
        fecha,
    )


def registros_de(vista: Vista, ficha: Ficha, fecha: date) -> tuple[FilaRegistro, ...]:
    """Lo que pide la sección de registros de un solo documento vigente, contra todo lo archivado."""
    pedidos = pedidos_vigentes(vista, [ficha], fecha)
    pedidas = con_serie(pedidos, vista.servicio.series)
    series = {p.codigo or (s.codigo if s else "") for p, s in pedidas} - {""}
    presentes = {
        codigo: [i for f in _de_la_serie(vista, codigo) for i in _instancias(vista, f, fecha)]
        for codigo in sorted(series)
    }
    nombrar = partial(nombre_cargo, vista.servicio)
    return conciliar(pedidos, vista.servicio.series, presentes, "", nombrar, fecha)


def _de_la_serie(vista: Vista, codigo: str) -> list[Ficha]:
    """Las instancias de la serie y, si la hay, la ficha del documento que es ese registro."""
    documento = vista.buscar(codigo)
    otros = (f for t in vista.servicio.tipos.values() if t.serie == codigo for f in vista.de_tipo(t))
    suyas = [*vista.instancias(codigo), *([documento] if documento else []), *otros]
    return [f for f in {f.clave: f for f in suyas}.values() if serie_de(vista.servicio, f) == codigo]


def _instancias(vista: Vista, ficha: Ficha, fecha: date) -> Iterator[Instancia]:
    """Lo archivado en una serie: una instancia, o cada versión emitida de un documento que es registro."""
    serie = vista.servicio.series.get(serie_de(vista.servicio, ficha))
    if serie is None:
        return
    ficha = rectificada(ficha)
    s = situacion(ficha, fecha)
    hasta = ficha._replace(actos=tuple(m for m in ficha.actos if m.fecha <= fecha))
    detenida = vida.suspension(hasta)
    for v in s.versiones:
        es_registro = v is s.vigente or v.estado in RETIRADOS
        cuenta = v.regida and v.vigente_desde if serie.documento else es_registro
        if not cuenta:
            continue
        cuando = v.archivada
        extra = ficha.actos[0].extra
        yield Instancia(
            codigo=ficha.codigo,
            periodo=periodo_de(ficha) or str(ficha.identidad.get("anio") or cuando.year),
            region=ficha.region,
            fecha=cuando,
            titulo=con_lo_que_decia(ficha, "titulo", v.titulo),
            version=v.version,
            referencia=str(extra.get("ubicacion") or _ubicacion(ficha, v)),
            dispuesto=vida.sin_el(hasta) if v.estado in RETIRADOS else "",
            suspendido=vida.en_que_suspension(detenida) if detenida else "",
            correcciones=tuple(vida.correcciones(hasta)),
            prorroga=vida.prorrogado_hasta(hasta),
            cuenta_en=str(v.abierta.year) if ficha.tipo in vista.servicio.adelantados else "",
        )


def _ubicacion(ficha: Ficha, v: Version) -> str:
    """Dónde está el archivo del registro dentro de la carpeta del servicio."""
    carpeta = rutas.carpeta(ficha)
    return f"{carpeta}/{v.archivo}" if v.emision else f"{carpeta}/{rutas.EVIDENCIAS}/{v.archivo}"
