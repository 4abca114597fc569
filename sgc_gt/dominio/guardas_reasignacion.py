"""Guardas de reasignar: algo cambia, cada papel queda con alguien y la ruta abierta se puede terminar."""

from __future__ import annotations

from sgc_gt.dominio import guardas_codigo, guardas_personas
from sgc_gt.dominio.caso import Caso, negar
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.parecidos import esperados
from sgc_gt.dominio.reasignacion import ANTES, ENTRA, PAPELES, SALE, ruta_reparada
from sgc_gt.dominio.situacion import Version


def reasignar(caso: Caso) -> None:
    """Cambian solo cargos, con lo que antes decían; y lo que falta del circuito sigue teniendo gente."""
    p, ficha = caso.pedido, caso.ficha
    if ficha is None or set(p.identidad) - set(PAPELES):
        raise negar(
            caso,
            "reasignar cambia quién elabora, revisa, aprueba o responde, y nada más",
            hacer="el título cambia al abrir una nueva versión",
        )
    guardas_codigo.cargos(caso)
    _cargos_dichos(caso)
    guardas_codigo.papeles(caso)
    if p.extra.get(ANTES) != {papel: ficha.identidad.get(papel) for papel in p.identidad}:
        raise negar(caso, "lo que el documento decía antes no es lo anotado", hacer="repita la orden")
    ruta = ruta_reparada(caso)
    if not ruta and all(ficha.identidad.get(papel) == p.identidad[papel] for papel in p.identidad):
        raise negar(
            caso,
            "esos cargos ya son los del documento: nada cambia",
            "otro cargo",
            f"vea los de ahora con: sgc-gt estado {p.codigo}",
        )
    abierta = caso.situacion.abierta if caso.situacion else None
    if ruta and abierta:
        _se_puede_terminar(caso, abierta._replace(ruta=ruta))


def _cargos_dichos(caso: Caso) -> None:
    """El cargo que entra existe; el que sale puede haber desaparecido del servicio."""
    extra = caso.pedido.extra
    if bool(extra.get(SALE)) != bool(extra.get(ENTRA)):
        raise negar(caso, "falta decir qué cargo sale o cuál entra", "los dos", "use --de CARGO --a CARGO")
    entra = str(extra.get(ENTRA) or "")
    if entra and entra not in caso.servicio.cargos:
        raise negar(
            caso,
            f"el cargo «{entra}» (--a) no existe",
            esperados(entra, caso.servicio.cargos),
            "use un cargo de la configuración",
        )


def _se_puede_terminar(caso: Caso, v: Version) -> None:
    """Quitar un cargo no cumple un paso: alguien debe quedar por actuar, y distinto de quien elaboró."""
    paso = v.ruta[v.paso]
    hechas = len(v.firmas_del_paso())
    if hechas >= paso.cuantos:
        raise negar(
            caso,
            f"con ese cambio «{ETIQUETAS[paso.acto]}» quedaría cumplido sin que nadie más actúe",
            "un cargo que lo cumpla",
            "agregue el cargo que reemplaza al que sale, o retire el borrador y envíelo otra vez",
        )
    falta = paso._replace(cargos=v.cargos_por_actuar(), cuantos=paso.cuantos - hechas)
    guardas_personas.exigir_gente(caso, (falta, *v.ruta[v.paso + 1 :]), v.autores)
