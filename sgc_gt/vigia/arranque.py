"""Comenzar a vigilar: qué se exige antes, y que haya una sola vigilancia por servicio."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.errores import ActoNoPermitido, Conflicto, UsoIncorrecto
from sgc_gt.ordenes.carpetas import exigir_fuera_del_servicio
from sgc_gt.ordenes.firmante import exigir_que_firme
from sgc_gt.repositorio.disco import carpeta_privada
from sgc_gt.vigia.frases import Suceso, texto
from sgc_gt.vigia.vigia import Vigia

CERROJO = "vigia.lock"


@contextmanager
def preparar(ctx: Contexto, mostrar: Callable[[Suceso, str], None]) -> Iterator[Vigia]:
    """La vigilancia lista para andar, y solo una. Rechazo si no hay carpetas, o si quien la pide no puede.

    `mostrar` recibe cada suceso con su línea.
    """
    vista = ctx.vista()
    exigir_carpetas(vista)
    exigir_fuera_del_servicio(ctx.raiz, vista.servicio.carpetas)
    exigir_persona(ctx, vista)
    exigir_que_firme(ctx, vista.servicio, ctx.ahora(vista))
    with _unica(ctx):
        vigia = Vigia(ctx, lambda s: mostrar(s, texto(s, quien(vigia.vista, s.cargo))))
        vigia.limpiar()
        yield vigia


def exigir_carpetas(vista: Vista) -> None:
    """UsoIncorrecto si el servicio no tiene carpetas conectadas."""
    if vista.servicio.carpetas is None:
        raise UsoIncorrecto(
            "este servicio no tiene carpetas conectadas",
            esperado="la clave carpetas_conectadas en la configuración, con la carpeta que las contiene",
            hacer="agréguela y regístrela con: sgc-gt configurar",
        )


def exigir_persona(ctx: Contexto, vista: Vista) -> None:
    """Lo recibido se anota a nombre de quien elabora: eso solo lo registra control documental."""
    p, org, hoy = ctx.persona, vista.organizacion, ctx.ahora(vista).date()
    if p.como and p.como != p.correo:
        raise UsoIncorrecto(
            "vigilar no se hace a nombre de otra persona: cada entrega ya es de quien elabora",
            lugar="--como",
            hacer="repita la orden sin --como",
        )
    cargos = vista.servicio.con_rol("control_documental")
    if not any(org.investidura(p.correo, c, hoy) for c in cargos):
        raise ActoNoPermitido(
            f"a {p.correo} no le corresponde recibir lo que guardan otras personas",
            esperado=org.nombres(cargos),
            hacer="debe hacerlo control documental, en su equipo y con su correo",
        )


@contextmanager
def _unica(ctx: Contexto) -> Iterator[None]:
    lugar = carpeta_privada(ctx.raiz)
    lugar.mkdir(parents=True, exist_ok=True)
    cerrojo = FileLock(lugar / CERROJO, timeout=0)
    try:
        cerrojo.acquire()
    except Timeout:
        raise Conflicto(
            "ya hay una vigilancia en marcha sobre este servicio",
            lugar=str(ctx.raiz),
            hacer="deje andando esa, o deténgala (Ctrl-C) antes de comenzar otra",
        ) from None
    try:
        yield
    finally:
        cerrojo.release()


def quien(vista: Vista, cargo: str) -> str:
    """Cómo se nombra en una línea a quien tiene la carpeta: su unidad o, si no la dice, su cargo."""
    conocido = vista.organizacion.cargos.get(cargo)
    return (conocido.unidad or conocido.nombre) if conocido else cargo or "alguien"
