"""Los nombres que la configuración declara, y que el resto de ella puede usar.

Se leen de valores que todavía pueden estar mal: cada función calla donde la forma no es la esperada.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sgc_gt.config.circuitos import POR_OMISION
from sgc_gt.config.lugares import Archivo
from sgc_gt.dominio.regiones import TODAS, TODAS_2010, de_norte_a_sur

GORE = "gore"
"""El paquete de lo que solo lleva un servicio que es un gobierno regional."""


def mapa(valor: Any) -> dict[str, Any]:
    """El valor si es un grupo de claves; si no, uno vacío."""
    return valor if isinstance(valor, dict) else {}


def lista(valor: Any) -> list[Any]:
    """El valor si es una lista; si no, una vacía."""
    return valor if isinstance(valor, list) else []


def regiones_de(sgc: Any) -> tuple[str, ...]:
    """Los códigos de región en uso, de norte a sur."""
    pedidas = mapa(sgc).get("regiones", "todas")
    if pedidas == "todas_2010":
        return TODAS_2010
    return de_norte_a_sur(c for c in pedidas if isinstance(c, str)) if isinstance(pedidas, list) else TODAS


class Nombres(NamedTuple):
    """Los nombres que el resto de la configuración puede usar."""

    cargos: frozenset[str]  # ya expandidos: dr-15, dr-01…
    por_region: frozenset[str]  # dr
    roles: frozenset[str]
    circuitos: frozenset[str]
    tipos: frozenset[str]  # de los paquetes en uso
    tipos_ajenos: frozenset[str]  # de los demás
    series: frozenset[str]
    paquetes: frozenset[str]  # los que algún archivo trae

    @classmethod
    def de(cls, sgc: Any, tipos: dict[str, Archivo], series: list[Any]) -> Nombres:
        """Los nombres que declaran `sgc.yaml`, los tipos y las series."""
        cargos = mapa(mapa(sgc).get("cargos"))
        base = frozenset(c for c, v in cargos.items() if mapa(v).get("por_region") is True)
        expandidos = {f"{c}-{r}" for c in base for r in regiones_de(sgc)}
        uso = paquetes_de(sgc)
        propios = {t for t, a in tipos.items() if paquete(a.valor) in uso}
        return cls(
            cargos=frozenset((set(cargos) - base) | expandidos),
            por_region=base,
            roles=frozenset(mapa(mapa(sgc).get("roles"))),
            circuitos=frozenset({*POR_OMISION, *mapa(mapa(sgc).get("circuitos"))}),
            tipos=frozenset(propios),
            tipos_ajenos=frozenset(set(tipos) - propios),
            series=frozenset(str(mapa(s).get("codigo")) for s in series if paquete(s) in uso),
            paquetes=frozenset(
                {"sgc", "gt", *(paquete(a.valor) for a in tipos.values()), *map(paquete, series)}
            ),
        )

    @property
    def de_persona(self) -> frozenset[str]:
        """Todo lo que puede cumplir un paso o guardar un registro."""
        return self.cargos | self.por_region | self.roles


def paquetes_de(sgc: Any) -> tuple[str, ...]:
    """Los paquetes en uso. El de los gobiernos regionales lo está sólo si el servicio lo es (I-30)."""
    dichos = [p for p in lista(mapa(sgc).get("paquetes", ["sgc", "gt"])) if isinstance(p, str) and p != GORE]
    es_gore = mapa(mapa(sgc).get("servicio")).get("es_gore") is True
    return (*dichos, GORE) if es_gore and "gt" in dichos else tuple(dichos)


def paquete(valor: Any) -> str:
    """El paquete de un tipo o de una serie."""
    dicho = mapa(valor).get("paquete", "sgc")
    return dicho if isinstance(dicho, str) else "sgc"
