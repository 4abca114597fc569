"""La vida de un registro después de archivado: hasta cuándo se conserva, qué la detiene y qué queda de él.

Todo sale de la ficha y de su serie. Cumplir la retención abre la disposición y nada más; los bytes dejan de
estar solo tras `disponer` o `sustraer`, y la ficha dice siempre por qué acto. Fuente: ISO 9001:2008 4.2.4;
dominio §2.7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.fechas import imprimir_fecha, sumar_meses
from sgc_gt.dominio.ficha import Evidencia, Ficha, Movimiento
from sgc_gt.dominio.periodos import anio_del_codigo
from sgc_gt.dominio.rectificacion import rectificada
from sgc_gt.dominio.retencion import MESES_DEL_ANIO
from sgc_gt.dominio.servicio import Serie, Tipo
from sgc_gt.dominio.situacion import CORRIGE, RETIRA, Version, situacion
from sgc_gt.dominio.textos import comparable

PROPUESTA, DESTINO, RESULTADO, HASTA, CAUSA, POR = (
    "propuesta",
    "destino",
    "resultado",
    "hasta",
    "causa",
    "por",
)
METODO, RESPONSABLES, ACTA, RECIBE = "metodo", "responsables", "acta", "recibe"

ELIMINACION, TRANSFERENCIA = "eliminacion", "transferencia"
DESTINOS = {ELIMINACION: "eliminación", TRANSFERENCIA: "transferencia"}
ELIMINADO, TRANSFERIDO = "eliminado", "transferido"
RESULTADOS = {ELIMINADO: ELIMINACION, TRANSFERIDO: TRANSFERENCIA}
"""El resultado que corresponde a cada destino: se hace lo que se autorizó."""

CAUSAS = {"auditoria": "auditoría o fiscalización", "juicio": "juicio", "acceso": "solicitud de acceso"}
"""Por qué se suspende una retención."""

ADMINISTRATIVOS = {"resolucion": "Res. Ex.", "decreto": "Decreto"}
"""Las clases de evidencia que son un acto administrativo, y cómo se nombran."""

DICHOS = {
    POR: "lo corrige {}",
    CORRIGE: "corrige a {}",
    CAUSA: "causa: {}",
    PROPUESTA: "propuesta {}",
    DESTINO: "se propone: {}",
    RESULTADO: "resultado: {}",
    METODO: "método: {}",
    RESPONSABLES: "lo hicieron: {}",
    RECIBE: "lo recibió: {}",
    ACTA: "acta {}",
}
"""Lo propio de cada movimiento, y cómo se dice."""

_NO_SON_DEL_REGISTRO = tabla.VIDA - {"corregir"}
"""Lo adjunto a estos actos prueba la decisión y se conserva; lo demás es parte del registro."""


def anio_de(codigo: str, fecha: date) -> int:
    """El año de un registro: el de su período, o el de su fecha si no lo dice."""
    return int(anio_del_codigo(codigo) or 0) or fecha.year


def vence(serie: Serie | None, ficha: Ficha) -> date | None:
    """El último día que el registro se conserva: su plazo desde el cierre del año, o su prórroga.

    None si la serie no dice plazo o no está en el catálogo.
    """
    if serie is None or not serie.retencion_anios:
        return None
    nacio = archivado_el(ficha)
    fin = sumar_meses(date(anio_de(ficha.codigo, nacio), 12, 31), MESES_DEL_ANIO * serie.retencion_anios)
    prorroga = prorrogado_hasta(ficha)
    return max(fin, prorroga) if prorroga else fin


def archivado_el(ficha: Ficha) -> date:
    """El día en que el registro quedó archivado."""
    return next((m.fecha for m in ficha.actos if m.acto in ("registrar", "emitir")), ficha.actos[0].fecha)


def obsoleta_hasta(v: Version, tipo: Tipo | None) -> date | None:
    """El último día que una versión que dejó de regir debe conservarse, según su tipo; None si no lo dice.

    Es un mínimo: pasado ese día sigue en la historia (ISO 9001:2008 4.2.3 g; docs/decisiones/0029).
    """
    if v.hasta is None or tipo is None or not tipo.retencion_anios:
        return None
    return sumar_meses(v.hasta, MESES_DEL_ANIO * tipo.retencion_anios)


def prorrogado_hasta(ficha: Ficha) -> date | None:
    """Hasta cuándo se prorrogó la retención; None si nunca."""
    fechas = [date.fromisoformat(str(m.extra[HASTA])) for m in ficha.actos if m.acto == "prorrogar"]
    return max(fechas, default=None)


def conserva_siempre(serie: Serie | None) -> bool:
    """Si la serie dice que lo suyo se conserva: no tiene disposición."""
    return serie is not None and comparable(serie.disposicion).startswith(("conserv", "permanente"))


def destino_de(serie: Serie | None) -> str:
    """El destino que la serie anuncia; vacío si no lo dice o no se entiende."""
    dicha = comparable(serie.disposicion) if serie else ""
    return next(
        (d for d, raiz in ((TRANSFERENCIA, "transfer"), (ELIMINACION, "elimin")) if raiz in dicha), ""
    )


class Curso(NamedTuple):
    """La disposición que está abierta o que terminó: de la propuesta a su resultado."""

    propuesta: Movimiento
    autorizacion: Movimiento | None = None
    resultado: Movimiento | None = None

    @property
    def numero(self) -> str:
        """El número con que se nombra la propuesta."""
        return str(self.propuesta.extra[PROPUESTA])


def curso(ficha: Ficha) -> Curso | None:
    """La disposición en curso o cumplida; None si no hay, o si se desistió, prorrogó o suspendió."""
    actual: Curso | None = None
    for m in ficha.actos:
        if m.acto == "proponer-disposicion":
            actual = Curso(m)
        elif m.acto in ("prorrogar", "desistir", "suspender"):
            actual = None
        elif actual and m.acto == "autorizar-disposicion":
            actual = actual._replace(autorizacion=m)
        elif actual and m.acto == "disponer":
            actual = actual._replace(resultado=m)
    return actual


def suspension(ficha: Ficha) -> Movimiento | None:
    """El movimiento que suspendió la retención y sigue en pie; None si no está suspendida."""
    ultimo = next((m for m in reversed(ficha.actos) if m.acto in ("suspender", "reanudar")), None)
    return ultimo if ultimo and ultimo.acto == "suspender" else None


def en_que_suspension(m: Movimiento) -> str:
    """La suspensión en una oración: por qué, desde cuándo y hasta cuándo."""
    hasta = m.extra.get(HASTA)
    fin = (
        f", hasta el {imprimir_fecha(date.fromisoformat(str(hasta)))}" if hasta else ", sin fecha de término"
    )
    causa = CAUSAS.get(str(m.extra.get(CAUSA)), "")
    por = f"{causa}: {m.motivo}" if causa else m.motivo
    return f"retención suspendida desde el {imprimir_fecha(m.fecha)}{fin} ({por.rstrip('.')})"


def en_oraciones(extra: Mapping[str, Any]) -> Iterator[str]:
    """Lo que el movimiento anotó de la vida del registro, una oración por cosa."""
    palabras = {**DESTINOS, **CAUSAS}
    for clave, oracion in DICHOS.items():
        if extra.get(clave):
            yield oracion.format(palabras.get(str(extra[clave]), extra[clave]))
    if extra.get(HASTA):
        yield f"hasta el {imprimir_fecha(date.fromisoformat(str(extra[HASTA])))}"
    yield from (f"deja de estar: {nombre}" for nombre in extra.get(RETIRA, ()))


def correcciones(ficha: Ficha) -> Iterator[str]:
    """Cada corrección, en una oración: las que recibió y las que hace a otros."""
    for m in ficha.actos:
        if m.acto != "corregir":
            continue
        dia = imprimir_fecha(m.fecha)
        if CORRIGE in m.extra:
            yield f"corrige a {m.extra[CORRIGE]} ({dia}): {m.motivo}"
        elif POR in m.extra:
            yield f"lo corrige {m.extra[POR]} ({dia}): {m.motivo}"
        else:
            yield f"corregido por nota ({dia}): {m.motivo}"


def piezas(m: Movimiento) -> Iterator[Evidencia]:
    """Los archivos que el movimiento dejó fuera de la historia: sus respaldos y, si archiva, el registro."""
    yield from (e for e in m.evidencia if e.archivo)
    if m.acto == "registrar" and m.archivo:
        yield Evidencia("archivo", archivo=m.archivo, tamano=int(m.extra["tamano"]), sha256=m.sha256)


def retirados(ficha: Ficha) -> dict[str, Movimiento]:
    """Nombre de cada archivo que ya no está → el movimiento que lo retiró."""
    return {
        str(nombre): m for m in ficha.actos if m.acto in tabla.RETIRAN for nombre in m.extra.get(RETIRA, ())
    }


def por_retirar(ficha: Ficha) -> tuple[str, ...]:
    """Los archivos que disponer del registro elimina: los suyos que todavía están."""
    ya = retirados(ficha)
    return tuple(dict.fromkeys(e.archivo for e in del_registro(ficha) if e.archivo not in ya))


def del_registro(ficha: Ficha) -> tuple[Evidencia, ...]:
    """El archivo del registro y lo que se le adjuntó, estén o ya no; no lo que prueba su disposición."""
    return tuple(e for m in ficha.actos if m.acto not in _NO_SON_DEL_REGISTRO for e in piezas(m))


QUEDARA_TRANSCRITO = "; los datos que de él se transcribieron quedarán en la historia"
QUEDA_TRANSCRITO = "; los datos que de él se transcribieron siguen en la historia"


def transcrito(ficha: Ficha) -> bool:
    """Si al archivarlo se anotaron sus datos: ellos sí son parte de la historia, que no olvida."""
    return ficha.actos[0].acto == "registrar" and bool(ficha.actos[0].extra.get("datos_sha256"))


def acto_administrativo(evidencia: Iterable[Evidencia]) -> Evidencia | None:
    """La resolución o el decreto con número, fecha y archivo; None si no lo hay."""
    return next(
        (e for e in evidencia if e.clase in ADMINISTRATIVOS and e.numero and e.fecha and e.sha256), None
    )


def por_que_no_esta(ficha: Ficha, m: Movimiento) -> str:
    """«dispuesto por Res. Ex. N° 12 del 03-04-2031: eliminado el 10-04-2031», sin mayúscula ni punto."""
    ficha = rectificada(ficha)
    m = ficha.actos[m.n - 1]
    es_el_registro = ficha.actos[0].archivo in m.extra.get(RETIRA, ())
    queda = QUEDA_TRANSCRITO if es_el_registro and transcrito(ficha) else ""
    if m.acto == "sustraer":
        return f"sustraído por {en_palabras(m)}: {m.motivo.rstrip('.')}{queda}"
    c = curso(ficha)
    autoriza = c.autorizacion if c else None
    con = en_palabras(autoriza) if autoriza else "un acto que no consta"
    recibe = f" a {m.extra[RECIBE]}" if m.extra.get(RECIBE) else ""
    return f"dispuesto por {con}: {m.extra.get(RESULTADO)}{recibe} el {imprimir_fecha(m.fecha)}{queda}"


def en_palabras(m: Movimiento) -> str:
    """El acto administrativo de un movimiento: «Res. Ex. N° 12 del 03-04-2031»."""
    e = acto_administrativo(m.evidencia)
    return (
        f"{ADMINISTRATIVOS[e.clase]} N° {e.numero} del {imprimir_fecha(e.fecha)}" if e else "acto sin número"
    )


def sin_el(ficha: Ficha) -> str:
    """Por qué no está el registro, si ya no se conserva; vacío si se conserva."""
    ultimo = next((m for m in reversed(ficha.actos) if m.acto in tabla.RETIRAN), None)
    if ultimo is None:
        return ""
    s = situacion(ficha)
    retirado = not s.vigente and s.versiones and s.versiones[-1].estado in tabla.RETIRADOS
    return por_que_no_esta(ficha, ultimo) if retirado else ""
