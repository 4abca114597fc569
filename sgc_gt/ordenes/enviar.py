"""`enviar`: el borrador entra al circuito, chequeado y con sus zonas controladas al día."""

from __future__ import annotations

from datetime import date, datetime

from sgc_gt.comparacion.resumen import NINGUNA, proponer
from sgc_gt.consultas.omitidas import omitidas
from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.forma import FormaNormal
from sgc_gt.dominio.observaciones import abiertas
from sgc_gt.dominio.reglamento import decidir
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import ActoNoPermitido, Conflicto, EntradaInvalida, Problema
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes import respuestas
from sgc_gt.ordenes.borrador import Borrador
from sgc_gt.ordenes.cambios import entre, forma_vigente
from sgc_gt.ordenes.comprobacion import impedimentos
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Peticion, pedido, unicos
from sgc_gt.ordenes.propuesta import con_archivo, exigir_cerrado, huella_a_la_vista, ruta_borrador
from sgc_gt.ordenes.reparacion import acotadas, avisos_de, encabezados
from sgc_gt.word.extraer import forma_normal


def enviar(ctx: Contexto, codigos: list[str], peticion: Peticion) -> list[Resultado]:
    """Envía al circuito: chequeo de forma sin impedimentos y zonas controladas reparadas."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        return [_envio(ctx, vista, codigo, peticion, ahora) for codigo in unicos(codigos)]

    resultados = registrar(ctx, preparar)
    _proteger(ctx, resultados)
    respuestas.retirar_de(ctx, resultados)
    vista = ctx.vista()
    return [r._replace(avisos=(*r.avisos, *_conviene(ctx, vista, r))) for r in resultados]


def _conviene(ctx: Contexto, vista: Vista, r: Resultado) -> tuple[str, ...]:
    ficha = vista.ficha(r.codigo)
    igual = ficha.actos[-1].extra.get("secciones") == NINGUNA
    mismo = f"{r.codigo} versión {r.version} dice lo mismo que la vigente: no cambia ninguna sección."
    return (*_por_responder(ficha, r), *_sin_region(ctx, vista, ficha), *([mismo] if igual else []))


def _sin_region(ctx: Contexto, vista: Vista, ficha: Ficha) -> tuple[str, ...]:
    """Las regiones que sus datos dejan fuera (N-32), dichas antes de que alguien las apruebe."""
    hoy = ctx.ahora(vista).date()
    v = situacion(ficha, hoy).abierta
    datos = vista.leer(rutas.datos_de(ruta_borrador(ficha, v))) if v else None
    alertas = omitidas(vista, ficha, v, datos, hoy) if v else []
    return tuple(f"{a.enunciado} (N-32): {a.evidencia}; {a.sugerencia}." for a in alertas)


def _por_responder(ficha: Ficha, r: Resultado) -> tuple[str, ...]:
    """Lo que más adelante impedirá aprobar, dicho cuando todavía cuesta poco."""
    faltan = [o.id for o in abiertas(ficha, r.version)]
    if not faltan:
        return ()
    cuales = f"la observación {faltan[0]}" if len(faltan) == 1 else f"las observaciones {', '.join(faltan)}"
    return (
        f"{r.codigo} va sin respuesta a {cuales}: no se aprueba hasta que se responda o dé su conformidad "
        "quien observó; para responder, retírelo y envíelo con --respuesta.",
    )


def _envio(ctx: Contexto, vista: Vista, codigo: str, peticion: Peticion, ahora: datetime) -> Propuesta:
    ficha = vista.ficha(codigo)
    v = situacion(ficha, ahora.date()).abierta
    p, evidencia = pedido(ctx, "enviar", codigo, ficha, peticion, ahora)
    if v is None or not v.archivo:
        decidir(vista.servicio, vista.organizacion, ficha, p)
        raise ActoNoPermitido("el borrador todavía no tiene contenido", lugar=codigo)
    ruta = ruta_borrador(ficha, v)
    contenido = vista.leer(ruta) or b""
    datos = vista.leer(rutas.datos_de(ruta))
    p = p._replace(huella=v.huella)
    decidir(vista.servicio, vista.organizacion, ficha, p, vista)
    exigir_cerrado(ctx, ficha, v)
    _exigir_entregado(ctx, vista, ficha, v)
    p = respuestas.con_lo_contestado(ctx, vista, ficha, v, p, contenido)
    forma = forma_normal(contenido) if v.archivo.endswith(".docx") else None
    _exigir_forma(vista, ficha, v, contenido, datos, ahora.date())
    if forma is None:
        # Otro formato: se envían los bytes que se recibieron, con la huella que ya tenían.
        listo = Borrador(v.archivo, contenido, v.sha256, v.huella, datos)
        return con_archivo(vista, ficha, p, evidencia, lambda _f, _v: listo)
    recibido = Borrador(v.archivo, contenido, v.sha256, v.huella, datos)
    listo, reparado = _reparar(vista, ficha, v, forma, respuestas.limpio(recibido, v))
    anotado = {"reparado": acotadas(reparado)} if reparado else {}
    p = p._replace(extra={**_fila(vista, ficha, ahora, forma_normal(listo.contenido)), **anotado, **p.extra})
    propuesta = con_archivo(vista, ficha, p, evidencia, lambda _f, _v: listo)
    return propuesta._replace(sustituye=taller.sustituibles(ctx, vista, ficha, v))


def _reparar(
    vista: Vista, ficha: Ficha, v: Version, forma: FormaNormal, b: Borrador
) -> tuple[Borrador, tuple[str, ...]]:
    """El borrador con zonas y encabezados al día y lo que hubo que reparar; intacto, los mismos bytes."""
    danadas = taller.zonas_danadas(vista, ficha, v.version, b.contenido)
    hallado = (
        *avisos_de(vista, ficha, v.version, b.contenido, danadas),
        *encabezados(vista, ficha, v.version, forma, None),
    )
    if not (danadas or hallado):
        return b, ()
    limpio = taller.sin_sobrantes(vista, ficha, v.version, b.contenido)
    reparado = taller.armar(taller.sellado(vista, ficha, v.version, limpio), b.datos, v, v.archivo)
    if forma_normal(reparado.contenido).bloques != forma_normal(limpio).bloques:
        raise Conflicto(
            "reparar las zonas controladas cambiaría el texto que se entregó",
            lugar=ruta_borrador(ficha, v),
            hacer="saque de las zonas controladas el texto que se escribió en ellas, y entregue otra vez",
            problemas=[Problema(oracion.rstrip(".")) for oracion in hallado],
        )
    return reparado, hallado


def _fila(vista: Vista, ficha: Ficha, ahora: datetime, forma: FormaNormal) -> dict[str, str]:
    """La fila del control de cambios: qué secciones cambian respecto de la vigente, y en qué."""
    vigente = forma_vigente(vista, ficha, ahora.date())
    return {} if vigente is None else proponer(entre(vigente, forma))._asdict()


def _exigir_entregado(ctx: Contexto, vista: Vista, ficha: Ficha, v: Version) -> None:
    """Lo que se envía es lo que se entregó: una edición a medio camino no viaja sin que nadie la vea."""
    if huella_a_la_vista(ctx, vista, ficha, v) != v.huella:
        raise Conflicto(
            "el borrador fue editado y todavía no se ha entregado",
            lugar=ruta_borrador(ficha, v),
            hacer=f"entréguelo primero: sgc-gt entregar {ficha.codigo}",
        )


def _exigir_forma(
    vista: Vista, ficha: Ficha, v: Version, contenido: bytes, datos: bytes | None, fecha: date
) -> None:
    impiden = impedimentos(vista, ficha, v, contenido, datos, fecha)
    if impiden:
        plural = ("n", "s") if len(impiden) > 1 else ("", "")
        raise EntradaInvalida(
            f"el borrador no se puede enviar: lo impide{plural[0]} {len(impiden)} alerta{plural[1]}",
            lugar=ruta_borrador(ficha, v),
            hacer="corrija lo indicado, entregue o genere de nuevo, y repita el envío",
            problemas=[a.problema() for a in impiden],
        )


def _proteger(ctx: Contexto, resultados: list[Resultado]) -> None:
    """El borrador enviado queda de solo lectura: quien lo abra en Word lo ve al guardar."""
    vista = ctx.vista()
    for r in resultados:
        ruta = rutas.ruta_borrador(vista.ficha(r.codigo), r.archivo)
        if (ctx.raiz / ruta).is_file():
            ctx.repo.proteger(ruta, solo_lectura=True)
