"""El camino de todo acto: bajo el candado, con la configuración anterior, se decide, se arma y se registra.

Primero comienza a regir lo que ya tenía fecha; después cada pedido pasa por el reglamento; al final un
solo cambio lleva fichas, archivos, listas y etiquetas. Si algo se niega, no cambió nada.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sgc_gt.consultas.derivadas import aplicar, cambios
from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.actos import PONEN_EN_VIGENCIA
from sgc_gt.dominio.caso import Pedido, ficha_nueva
from sgc_gt.dominio.compuertas import ADVERTENCIAS
from sgc_gt.dominio.efectos import Borra, Escribe, Mueve, efectos
from sgc_gt.dominio.ficha import Ficha, Movimiento, escribir_ficha
from sgc_gt.dominio.ficha_siguiente import escribir_siguiente
from sgc_gt.dominio.filas import POR_REGIR
from sgc_gt.dominio.mensaje import anotador, etiqueta, mensaje, nombre_etiqueta
from sgc_gt.dominio.organizacion import Organizacion
from sgc_gt.dominio.pdf_firmado import oraciones
from sgc_gt.dominio.reglamento import decidir
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import IntegridadRota, UsoIncorrecto
from sgc_gt.listas.csv import leer as leer_csv
from sgc_gt.ordenes.firmante import Pluma, pluma
from sgc_gt.repositorio.escritura import Escritor
from sgc_gt.repositorio.valores import Cambio, Firma, Pendiente


class Propuesta(NamedTuple):
    """Un pedido con los bytes que lo acompañan."""

    pedido: Pedido
    bytes_nuevos: tuple[bytes, ...] = ()  # los que la tabla de efectos pedirá escribir, por su resumen
    evidencias: Mapping[str, bytes] = {}  # nombre en la carpeta de evidencias → bytes
    sustituye: Mapping[str, str] = {}  # archivo de trabajo que el acto leyó → oid que puede reemplazar
    retira: tuple[
        str, ...
    ] = ()  # nombres en la carpeta de evidencias que dejan de estar, ya registrado el acto


class Resultado(NamedTuple):
    """Lo que un acto dejó, por documento."""

    codigo: str
    version: str
    estado: str
    commit: str
    origen: str
    archivo: str
    pendientes: tuple[Pendiente, ...] = ()
    vigente_desde: date | None = None
    reparado: tuple[str, ...] = ()
    """Lo que el acto reparó del archivo, en oraciones."""
    firma: str = ""
    """La huella de la clave con que se firmó."""
    avisos: tuple[str, ...] = ()
    """Lo comprobado de los PDF que lo respaldan y lo que una compuerta advirtió, en oraciones."""


class Paso(NamedTuple):
    """Una ficha antes y después del acto, con su propuesta."""

    antes: Ficha | None
    despues: Ficha
    propuesta: Propuesta

    @property
    def movimiento(self) -> Movimiento:
        """El movimiento que el acto agregó."""
        return self.despues.actos[-1]


def registrar(ctx: Contexto, preparar: Callable[[Vista, datetime], Sequence[Propuesta]]) -> list[Resultado]:
    """Ejecuta en un solo cambio los pedidos que `preparar` arma sobre el estado bajo candado."""
    with ctx.repo.escritura() as escritor:
        comenzar_a_regir(ctx, escritor)
        vista = ctx.vista(escritor.base)
        ahora = ctx.ahora(vista)
        propuestas = preparar(vista, ahora)
        if not propuestas:
            return []
        firma = pluma(ctx, vista.servicio, ahora)
        pasos = [_decidir(vista, p, firma) for p in propuestas]
        resultados = _anotar(escritor, vista, pasos, ahora, firma)
    ctx.repo.mantener()
    return resultados


def _decidir(vista: Vista, propuesta: Propuesta, firma: Pluma) -> Paso:
    p = propuesta.pedido._replace(firma=firma.huella)
    antes = vista.buscar(p.codigo)
    movimiento = decidir(vista.servicio, vista.organizacion, antes, p, vista)
    return Paso(antes, _nueva_ficha(vista, antes, p).con(movimiento), propuesta)


def _nueva_ficha(vista: Vista, antes: Ficha | None, p: Pedido) -> Ficha:
    return antes or ficha_nueva(vista.servicio, p)


def _anotar(
    escritor: Escritor, vista: Vista, pasos: Sequence[Paso], ahora: datetime, firma: Pluma
) -> list[Resultado]:
    distintos = min(len({p.despues.clave for p in pasos}), len({p.despues.codigo for p in pasos}))
    if distintos != len(pasos):
        raise UsoIncorrecto(
            "la orden nombra dos veces el mismo documento, o da el mismo código a dos",
            lugar=", ".join(p.despues.codigo for p in pasos),
            hacer="nombre cada documento una vez, por uno de sus códigos",
        )
    archivos: dict[str, bytes | None] = {}
    contenidos: dict[str, bytes] = {}
    sustituye: dict[str, str] = {}
    retira: list[str] = []
    for paso in pasos:
        carpeta = rutas.carpeta(paso.despues)
        archivos.update(_archivos(vista, paso))
        archivos[rutas.ruta_ficha(paso.despues)] = _ficha_escrita(vista, paso)
        contenidos.update(
            {f"{carpeta}/{rutas.EVIDENCIAS}/{n}": datos for n, datos in paso.propuesta.evidencias.items()}
        )
        sustituye.update(paso.propuesta.sustituye)
        retira += [f"{carpeta}/{rutas.EVIDENCIAS}/{n}" for n in paso.propuesta.retira]
    despues = [p.despues for p in pasos]
    archivos.update(aplicar(vista, cambios(vista, vista.servicio, despues)))
    m = pasos[0].movimiento
    autor, registra = firmas(vista.organizacion, m)
    commit = escritor.registrar(
        Cambio(
            mensaje=mensaje(despues, vista.organizacion),
            autor=autor,
            registra=registra,
            instante=ahora,
            archivos=archivos,
            contenidos=contenidos,
            etiquetas=_etiquetas(pasos, registra, ahora),
            sustituye=sustituye,
            retira=tuple(retira),
            firmar=firma.firmar,
        )
    )
    return [_resultado(paso, commit, escritor.pendientes, ahora.date()) for paso in pasos]


def _ficha_escrita(vista: Vista, paso: Paso) -> bytes:
    """La ficha con su movimiento: la que estaba, y solo lo nuevo si sigue en la misma carpeta."""
    ruta = rutas.ruta_ficha(paso.despues)
    previa = vista.leer(ruta) if paso.antes and rutas.ruta_ficha(paso.antes) == ruta else None
    return escribir_siguiente(previa, paso.despues) if previa else escribir_ficha(paso.despues)


def _archivos(vista: Vista, paso: Paso) -> dict[str, bytes | None]:
    """Los bytes que la tabla de efectos pide, tomados de la propuesta o de la historia."""
    presentes = vista.presentes(rutas.carpeta(paso.despues))
    nuevos = {hashlib.sha256(b).hexdigest(): b for b in paso.propuesta.bytes_nuevos}
    resultado: dict[str, bytes | None] = {}
    for ruta, efecto in efectos(paso.antes, paso.despues, presentes).items():
        if isinstance(efecto, Escribe):
            resultado[ruta] = nuevos[efecto.sha256]
        elif isinstance(efecto, Mueve):
            resultado[ruta] = vista.leer(efecto.origen)
        elif isinstance(efecto, Borra):
            resultado[ruta] = None
    return resultado


def firmas(org: Organizacion, m: Movimiento) -> tuple[Firma, Firma]:
    """Quién hizo el acto y quién lo anotó, como quedan en la historia."""
    hace, anota = (Firma(org.nombre_de(correo, m.fecha), correo) for correo in (m.correo, m.registra))
    return hace, anota


def _etiquetas(
    pasos: Sequence[Paso], registra: Firma, ahora: datetime
) -> Callable[[str], Mapping[str, bytes]] | None:
    emisiones = [p.despues for p in pasos if p.movimiento.acto in PONEN_EN_VIGENCIA and p.movimiento.version]
    if not emisiones:
        return None
    quien = anotador(registra.nombre, registra.correo, ahora)
    return lambda commit: {
        nombre_etiqueta(f.clave, f.actos[-1].version): etiqueta(commit, quien, f) for f in emisiones
    }


def _resultado(paso: Paso, commit: str, pendientes: Sequence[Pendiente], hoy: date) -> Resultado:
    m = paso.movimiento
    vista = situacion(paso.despues, hoy)
    version = vista.de(m.version)
    return Resultado(
        paso.despues.codigo,
        m.version,
        version.estado if version else "",
        commit,
        m.origen,
        m.archivo,
        tuple(pendientes),
        version.vigente_desde if version else None,
        tuple(m.extra.get("reparado", ())),
        m.firma,
        (*oraciones(m.extra), *_advertencias(m), *_mismo_cargo(paso.despues, m)),
    )


def _advertencias(m: Movimiento) -> Iterator[str]:
    """Lo que una compuerta advirtió sin impedir el acto; queda anotado en el movimiento."""
    for dicha in m.extra.get(ADVERTENCIAS, ()):
        requisito, _, que = str(dicha).partition(": ")
        yield f"{que} ({requisito}). Queda anotado."


def _mismo_cargo(ficha: Ficha, m: Movimiento) -> Iterator[str]:
    """El circuito no dejará que una persona elabore y apruebe (N-04): se dice cuando aún cuesta poco."""
    elabora, aprueba = (ficha.identidad.get(papel) for papel in ("elabora", "aprueba"))
    if m.acto in ("crear", "reasignar") and elabora == aprueba:
        yield (
            f"Elabora y aprueba el mismo cargo, «{elabora}»: quien escriba {ficha.codigo} no podrá "
            f"aprobarlo. Cámbielo con: sgc-gt reasignar {ficha.codigo} --aprueba CARGO."
        )


def comenzar_a_regir(ctx: Contexto, escritor: Escritor) -> None:
    """Anota `regir` por cada versión emitida cuya fecha llegó. La persona es quien dio la orden."""
    vista = ctx.vista(escritor.base)
    datos = vista.leer(rutas.POR_REGIR)
    ahora = ctx.ahora(vista)
    for fila in leer_csv(datos, POR_REGIR) if datos else ():
        codigo = str(fila["codigo"])
        ficha = vista.ficha(codigo)
        pendiente = next((v for v in situacion(ficha).versiones if v.emision and not v.regida), None)
        if pendiente is None or pendiente.vigente_desde is None:
            raise IntegridadRota(
                "la lista de documentos por regir nombra uno que no espera fecha",
                lugar=f"{rutas.POR_REGIR}: {codigo}",
                hacer="ejecute: sgc-gt verificar",
            )
        if pendiente.vigente_desde > ahora.date():
            continue
        vista = ctx.vista(escritor.base)
        pedido = Pedido(
            acto="regir",
            codigo=codigo,
            fecha=pendiente.vigente_desde,
            registrado=ahora,
            correo=ctx.persona.correo,
            registra=ctx.persona.correo,
            archivo=pendiente.archivo,
        )
        firma = pluma(ctx, vista.servicio, ahora)
        _anotar(escritor, vista, [_decidir(vista, Propuesta(pedido), firma)], ahora, firma)
