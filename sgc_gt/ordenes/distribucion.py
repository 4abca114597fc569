"""`distribuir`, `tomar-conocimiento` y `retirar-copia`: a quién llega una versión y quién la conoce."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import distribucion as d
from sgc_gt.dominio.alcance import Alcance, alcance
from sgc_gt.dominio.asistencia import Asistente, Reconocido, reconocer
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.parecidos import esperados
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import ActoNoPermitido, Problema, UsoIncorrecto
from sgc_gt.listas.correo import leer_correo
from sgc_gt.ordenes.destinatarios import destinatario
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Peticion, pedido


class Reparto(NamedTuple):
    """A quién se distribuye y cómo. Sin `a`, a los destinatarios que ya están definidos."""

    a: tuple[str, ...] = ()
    quitar: tuple[str, ...] = ()
    copia: str = ""  # soporte de la copia controlada de cada uno; vacío: no se entregan copias
    numero: int = 0  # el que la copia ya tenía; 0: el que sigue
    version: str = ""  # la que rige, si no se dice


class Firmantes(NamedTuple):
    """Quiénes tomaron conocimiento según un papel; vacío: la propia persona que da la orden."""

    cargos: tuple[str, ...] = ()
    asistentes: tuple[Asistente, ...] = ()
    otros: int = 0  # firmaron y no ejercen un cargo del servicio

    @property
    def hay(self) -> bool:
        """Si alguien firmó un papel."""
        return bool(self.cargos or self.asistentes or self.otros)


class Hecho(NamedTuple):
    """Lo que quedó anotado, cómo va la distribución después, y lo que conviene decir."""

    resultado: Resultado
    alcance: Alcance
    extra: dict[str, Any]
    avisos: tuple[str, ...] = ()


def distribuir(ctx: Contexto, codigo: str, reparto: Reparto, peticion: Peticion) -> Hecho:
    """Anota a quiénes llega la versión que rige, y entrega las copias controladas que se pidan."""

    avisos: list[str] = []

    def armar(vista: Vista, ficha: Ficha, fecha: date) -> dict[str, Any]:
        extra = _reparto(vista.servicio, ficha, reparto, fecha)
        version = reparto.version or _la_que_rige(ficha)
        avisos[:] = _repetidas(vista, ficha, version, extra.get(d.COPIAS, ()))
        return extra

    hecho = _anotar(ctx, "distribuir", codigo, reparto.version, (peticion, armar))
    return hecho._replace(avisos=(*avisos, *hecho.avisos))


def _repetidas(vista: Vista, ficha: Ficha, version: str, nuevas: Iterable[dict[str, Any]]) -> list[str]:
    """Quién ya tenía una copia de esa versión en ese soporte, sin retirar."""
    tiene = {(c.cargo, c.soporte): c.numero for c in d.copias(ficha) if c.version == version and not c.retiro}
    return [
        f"{vista.organizacion.nombre_cargo(n['cargo'])} ya tenía la copia N° {previa} de la versión "
        f"{version}: si la nueva la reemplaza, anote su retiro con: sgc-gt retirar-copia"
        for n in nuevas
        if (previa := tiene.get((n["cargo"], n["soporte"])))
    ]


def _reparto(servicio: Servicio, ficha: Ficha, reparto: Reparto, fecha: date) -> dict[str, Any]:
    dichas = tuple(destinatario(servicio, p, "--a") for p in reparto.a)
    quitar = {destinatario(servicio, p, "--quitar") for p in reparto.quitar}
    antes = d.palabras(servicio, ficha)
    _exigir_presentes(antes, quitar)
    despues = _con(servicio, tuple(p for p in antes if p not in quitar), dichas)
    cargos = d.resolver(servicio, dichas or ((*despues,) if not quitar else ()))
    if not (cargos or quitar):
        raise ActoNoPermitido(
            "este documento no tiene destinatarios definidos",
            lugar=ficha.codigo,
            esperado="un cargo, un rol, un código de región o «todas»",
            hacer="diga a quiénes con --a, o defina una regla para su tipo en la configuración",
        )
    extra: dict[str, Any] = {"copias": _copias(servicio, ficha, reparto, cargos)} if reparto.copia else {}
    if despues != antes:
        extra[d.DESTINATARIOS] = list(despues)
    version = reparto.version or _la_que_rige(ficha)
    ya = d.entregas(ficha, version, fecha)
    entrega = [c for c in cargos if c not in ya]
    if entrega and not reparto.copia:
        extra[d.ENTREGA] = entrega
    if not extra:
        raise ActoNoPermitido(
            f"la versión {version} ya se distribuyó a {'ese cargo' if len(cargos) == 1 else 'todos ellos'}",
            lugar=ficha.codigo,
            esperado="alguien a quien no se haya distribuido, o una copia controlada (--copia)",
            hacer="vea quiénes faltan con: sgc-gt pendientes",
        )
    return extra


def _exigir_presentes(antes: Sequence[str], quitar: Iterable[str]) -> None:
    for palabra in quitar:
        if palabra not in antes:
            raise UsoIncorrecto(
                f"«{palabra}» no está entre los destinatarios",
                lugar="--quitar",
                esperado=", ".join(antes) or "este documento no tiene destinatarios definidos",
            )


def _con(servicio: Servicio, antes: tuple[str, ...], nuevas: Iterable[str]) -> tuple[str, ...]:
    """Los destinatarios con los nuevos; nadie queda nombrado de dos maneras."""
    resultado = antes
    for palabra in nuevas:
        suyos = set(d.resolver(servicio, (palabra,)))
        if not suyos <= set(d.resolver(servicio, resultado)):
            quedan = (p for p in resultado if not set(d.resolver(servicio, (p,))) <= suyos)
            resultado = (*quedan, palabra)
    return resultado


def _copias(
    servicio: Servicio, ficha: Ficha, reparto: Reparto, cargos: Sequence[str]
) -> list[dict[str, Any]]:
    """Una copia numerada para cada cargo; los números no se vuelven a usar."""
    if reparto.numero and len(cargos) != 1:
        raise UsoIncorrecto(
            f"un número de copia es de un solo cargo, y son {len(cargos)}",
            lugar="--numero",
            esperado="un cargo en --a",
        )
    numeros = [reparto.numero] if reparto.numero else d.numeros_libres(ficha, len(cargos))
    return [
        {
            "numero": numero,
            "cargo": cargo,
            "soporte": reparto.copia,
            "region": servicio.cargos[cargo].region,
        }
        for numero, cargo in zip(numeros, cargos, strict=True)
    ]


def tomar_conocimiento(
    ctx: Contexto, codigo: str, version: str, firmantes: Firmantes, peticion: Peticion
) -> Hecho:
    """Anota que la propia persona conoce la versión, o quiénes la conocen según el papel adjunto."""
    avisos: list[str] = []

    def armar(vista: Vista, ficha: Ficha, fecha: date) -> dict[str, Any]:
        leida = version or _la_que_rige(ficha)
        if not firmantes.hay:
            avisos.extend(_de_otro(peticion, {ctx.persona.actua}, ficha, leida))
            return {}
        cargos = [_cargo(vista.servicio, c) for c in firmantes.cargos]
        suyos = {p.correo for c in cargos for p in vista.organizacion.titulares(c, fecha)}
        if not firmantes.asistentes:
            avisos.extend(_de_otro(peticion, suyos, ficha, leida))
        reconocidos = [
            *(Reconocido(cargo, fecha) for cargo in cargos),
            *reconocer(vista.servicio, vista.organizacion, firmantes.asistentes, fecha, avisos),
        ]
        ya = {c.cargo for c in d.conocimientos(ficha) if c.version == leida}
        tomas = list(_tomas(vista, reconocidos, ya, avisos))
        otros = firmantes.otros + sum(1 for r in reconocidos if not r.cargo)
        if not (tomas or otros):
            raise ActoNoPermitido(
                f"de la versión {leida} no queda nada que anotar",
                lugar=codigo,
                problemas=[Problema(a) for a in avisos],
                hacer="vea quiénes faltan con: sgc-gt pendientes",
            )
        return {d.CONOCIMIENTOS: tomas, **({d.OTROS: otros} if otros else {})}

    hecho = _anotar(ctx, "tomar-conocimiento", codigo, version, (peticion, armar))
    return hecho._replace(avisos=(*avisos, *hecho.avisos))


def _de_otro(peticion: Peticion, correos: Collection[str], ficha: Ficha, version: str) -> Iterator[str]:
    """El correo que se adjunta y no es de quien se anota, o es anterior a la versión que dice conocer."""
    desde = next((v.vigente_desde for v in situacion(ficha).versiones if v.version == version), None)
    for adjunto in peticion.adjuntos:
        correo = leer_correo(adjunto.contenido, adjunto.nombre)
        if correo and correo.remitente and correo.remitente not in correos:
            yield f"{adjunto.nombre} lo envió {correo.remitente}, que no es quien se anota: revise el cargo"
        if correo and correo.dia and desde and correo.dia < desde:
            dias = f"{imprimir_fecha(correo.dia)}, anterior a la versión {version} ({imprimir_fecha(desde)})"
            yield f"{adjunto.nombre} es del {dias}: puede responder por otra"


def _la_que_rige(ficha: Ficha) -> str:
    """La versión de que se trata si no se dice otra: la vigente o, si no la hay, la que está por regir."""
    s = situacion(ficha)
    v = s.vigente or s.por_regir
    return v.version if v else ""


def _cargo(servicio: Servicio, dicho: str) -> str:
    if dicho.strip() not in servicio.cargos:
        raise UsoIncorrecto(
            f"«{dicho}» no es un cargo del servicio",
            lugar="--de",
            esperado=esperados(dicho, servicio.cargos),
            hacer="use la clave de un cargo de la configuración",
        )
    return dicho.strip()


def _tomas(
    vista: Vista, reconocidos: Iterable[Reconocido], ya: set[str], avisos: list[str]
) -> Iterator[dict[str, Any]]:
    """Una por cargo: quien ya la conocía no se vuelve a anotar."""
    for r in reconocidos:
        if not r.cargo:
            continue
        if r.cargo in ya:
            avisos.append(f"{vista.organizacion.nombre_cargo(r.cargo)} ya constaba: no se anota otra vez")
            continue
        ya.add(r.cargo)
        toma = {"cargo": r.cargo, "fecha": r.fecha.isoformat()}
        yield toma | ({"correo": r.correo} if r.correo else {})


def retirar_copias(
    ctx: Contexto, codigo: str, numeros: Sequence[int], destino: str, peticion: Peticion
) -> Hecho:
    """Anota que volvieron copias controladas, y en qué terminaron."""
    version = _version_de(ctx.vista().ficha(codigo), numeros)

    def armar(vista: Vista, ficha: Ficha, fecha: date) -> dict[str, Any]:  # noqa: ARG001
        return {d.RETIRADAS: list(dict.fromkeys(numeros)), d.DESTINO: destino}

    return _anotar(ctx, "retirar-copia", codigo, version, (peticion, armar))


def _version_de(ficha: Ficha, numeros: Sequence[int]) -> str:
    """La versión de esas copias, que debe ser una sola. UsoIncorrecto si alguna no consta o son de varias."""
    de = {c.numero: c.version for c in d.copias(ficha)}
    en_uso = [str(c.numero) for c in d.copias(ficha) if c.retiro is None]
    for numero in numeros:
        if numero not in de:
            raise ActoNoPermitido(
                f"la copia N° {numero} no consta en este documento",
                lugar=ficha.codigo,
                esperado=f"una de estas: {', '.join(en_uso)}"
                if en_uso
                else "ninguna copia queda por retirar",
                hacer="véalas con: sgc-gt listas",
            )
    versiones = sorted({de[n] for n in numeros})
    if len(versiones) > 1:
        raise UsoIncorrecto(
            f"esas copias son de las versiones {', '.join(versiones)}",
            lugar="--copia",
            esperado="copias de una misma versión",
            hacer="anote el retiro de cada versión por separado",
        )
    return versiones[0]


Armar = Any


def _anotar(ctx: Contexto, acto: str, codigo: str, version: str, como: tuple[Peticion, Armar]) -> Hecho:
    """Deja la constancia; `como` trae lo pedido y con qué se arma lo que el acto anota."""
    peticion, armar = como
    escrito: dict[str, Any] = {}

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        ficha = vista.ficha(codigo)
        extra = armar(vista, ficha, peticion.fecha or ahora.date())
        escrito.update(extra)
        pide = peticion._replace(extra={**peticion.extra, **extra})
        p, evidencia = pedido(ctx, acto, codigo, ficha, pide, ahora)
        return [Propuesta(p._replace(version=version), evidencias=evidencia)]

    [resultado] = registrar(ctx, preparar)
    vista = ctx.vista()
    return Hecho(resultado, alcance(vista.servicio, vista.ficha(codigo), ctx.ahora(vista).date()), escrito)
