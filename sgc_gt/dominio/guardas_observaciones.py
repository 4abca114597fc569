"""Guardas de las observaciones: qué se puede responder, y que nada se apruebe con una sin atender.

Solo cuentan las observaciones seguidas (`observaciones.SEGUIMIENTO`): las historias
anteriores a ellas siguen siendo legales.
"""

from __future__ import annotations

from collections.abc import Sequence

from sgc_gt.dominio.caso import Caso, en_palabras, negar
from sgc_gt.dominio.guardas_personas import quien
from sgc_gt.dominio.observaciones import (
    CONFORME,
    RESPUESTAS,
    Observada,
    abiertas,
    observaciones,
    respuestas_de,
)
from sgc_gt.dominio.situacion import Version
from sgc_gt.dominio.textos import dice_algo
from sgc_gt.errores import ActoNoPermitido


def respuestas(caso: Caso) -> None:
    """Cada respuesta nombra una observación de esta versión que espera una, y dice algo."""
    if caso.ficha is None or caso.version is None or RESPUESTAS not in caso.pedido.extra:
        return
    dichas = respuestas_de(caso.pedido.extra)
    esperan = [o.id for o in observaciones(caso.ficha, caso.version.version) if o.estado != CONFORME]
    for id_, texto in dichas.items():
        if id_ not in esperan:
            raise negar(
                caso,
                f"no hay una observación {id_} por responder en {en_palabras(caso.version)}",
                ", ".join(esperan) or "ninguna: esta versión no tiene observaciones por responder",
                "revise el número de la observación: sgc-gt historial " + caso.pedido.codigo,
            )
        if not dice_algo(texto):
            raise negar(
                caso,
                f"la respuesta a la observación {id_} está vacía",
                'el número y la respuesta: --respuesta "13.2: se agregó el plazo"',
                "escriba qué se hizo, o por qué no",
            )


def sin_abiertas(caso: Caso) -> None:
    """No se aprueba con observaciones sin atender; las de quien aprueba se cierran con su aprobación."""
    if caso.ficha is None or caso.version is None:
        return
    propio = quien(caso).cargo
    faltan = [o for o in abiertas(caso.ficha, caso.version.version) if o.cargo != propio]
    if faltan:
        raise por_atender(caso.pedido.codigo, caso.version, faltan)


def por_atender(codigo: str, version: Version, faltan: Sequence[Observada]) -> ActoNoPermitido:
    """El rechazo que nombra cada observación abierta con su sección."""
    cuantas = "hay una observación" if len(faltan) == 1 else f"hay {len(faltan)} observaciones"
    return ActoNoPermitido(
        f"{cuantas} sin atender en {en_palabras(version)}",
        lugar=codigo,
        esperado="cada observación respondida por quien elabora, o con la conformidad del cargo que la hizo",
        hacer="retírelo y envíelo con las respuestas: "
        f'sgc-gt enviar {codigo} --respuesta "{faltan[0].id}: …"',
        problemas=[o.problema for o in faltan],
    )
