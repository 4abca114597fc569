"""Rectificar: un dato mal escrito se lee corregido, y lo que decía antes queda a la vista.

La ficha no se toca: la rectificación es una constancia que nombra el movimiento y el dato. `rectificada`
devuelve la ficha como hay que leerla; cada dato corregido sabe lo que decía. Fuente: ISO 9001:2008 4.2.4 y
2015 7.5.3.2 (retención); una corrección conserva el valor anterior, quién y por qué (N-13).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Evidencia, Ficha, Movimiento

ACTO = "rectificar"
MOVIMIENTO, CAMPO, DECIA, DICE = "movimiento", "campo", "decia", "dice"
"""Con estas claves la constancia dice qué rectifica."""
RECTIFICADO = "rectificado"
"""Con esta clave un movimiento leído dice lo que sus datos decían antes; no se guarda en la ficha."""


class Campo(NamedTuple):
    """Un dato que se puede rectificar: cómo se nombra, cómo se lee de un movimiento y cómo queda en él."""

    etiqueta: str
    leer: Callable[[Movimiento], str]
    poner: Callable[[Movimiento, str], Movimiento]
    es_fecha: bool = False
    ya_ocurrio: bool = True  # de una fecha: si es la de un papel anterior al movimiento


def _de_evidencia(etiqueta: str, clase: str, campo: str) -> Campo:
    def leer(m: Movimiento) -> str:
        valor = next((getattr(e, campo) for e in m.evidencia if e.clase == clase), None)
        return valor.isoformat() if isinstance(valor, date) else str(valor or "")

    def poner(m: Movimiento, valor: str) -> Movimiento:
        nuevo: Any = date.fromisoformat(valor) if campo == "fecha" else valor
        return m._replace(
            evidencia=tuple(e._replace(**{campo: nuevo}) if e.clase == clase else e for e in m.evidencia)
        )

    return Campo(etiqueta, leer, poner, es_fecha=campo == "fecha")


def _propio(etiqueta: str, clave: str, *actos: str, es_fecha: bool = False) -> Campo:
    """Lo que esos actos anotan con esa clave: de un registro tal como llegó, de un documento externo…"""

    def poner(m: Movimiento, valor: str) -> Movimiento:
        return m._replace(extra={**m.extra, clave: valor})

    def leer(m: Movimiento) -> str:
        return str(m.extra.get(clave, "")) if m.acto in actos else ""

    return Campo(etiqueta, leer, poner, es_fecha=es_fecha, ya_ocurrio=False)


def _leer_titulo(m: Movimiento) -> str:
    dicho = m.extra if m.acto == "externo" else m.identidad if m.acto == "registrar" else {}
    return str(dicho.get("titulo", ""))


def _poner_titulo(m: Movimiento, valor: str) -> Movimiento:
    if m.acto == "externo":
        return m._replace(extra={**m.extra, "titulo": valor})
    return m._replace(identidad={**m.identidad, "titulo": valor})


CAMPOS: Mapping[str, Campo] = {
    "oficio": _de_evidencia("número del oficio", "oficio", "numero"),
    "fecha_oficio": _de_evidencia("fecha del oficio", "oficio", "fecha"),
    "responde": _de_evidencia("oficio al que responde", "oficio", "responde"),
    "resolucion": _de_evidencia("número de la resolución", "resolucion", "numero"),
    "fecha_resolucion": _de_evidencia("fecha de la resolución", "resolucion", "fecha"),
    "decreto": _de_evidencia("número del decreto", "decreto", "numero"),
    "fecha_decreto": _de_evidencia("fecha del decreto", "decreto", "fecha"),
    "motivo": Campo("motivo", lambda m: m.motivo, lambda m, valor: m._replace(motivo=valor)),
    "titulo": Campo("título", _leer_titulo, _poner_titulo),
    "periodo": _propio("período", "periodo", "registrar"),
    "region": _propio("región", "region", "registrar"),
    "ubicacion": _propio("ubicación", "ubicacion", "registrar", "externo"),
    "volumen": _propio("volumen", "volumen", "registrar"),
    "emisor": _propio("emisor", "emisor", "externo"),
    "edicion": _propio("edición", "version", "externo"),
    "vigencia_hasta": _propio("hasta cuándo rige", "vigencia_hasta", "externo", es_fecha=True),
    "fundamento": _propio("fundamento de la subrogancia", "base", "subrogar"),
    "metodo": _propio("método", "metodo", "disponer"),
    "responsables": _propio("quiénes lo hicieron", "responsables", "disponer"),
    "recibe": _propio("quién lo recibió", "recibe", "disponer"),
}
"""Los datos que una persona escribe y en que puede equivocarse sin que cambie lo ocurrido."""

_DE_NUEVO = "si el movimiento es otro, déjelo sin efecto (retirar, devolver o reabrir) y anótelo de nuevo"
NO_SE_RECTIFICAN: Mapping[str, str] = {
    "fecha": f"{_DE_NUEVO}, con el respaldo que dice su fecha",
    "vigente_desde": "abra una nueva versión con la fecha que corresponde",
    "registrado": "es la hora en que se anotó, y la puso el sistema",
    "correo": f"{_DE_NUEVO}, por quien correspondía",
    "persona": f"{_DE_NUEVO}, por quien correspondía",
    "cargo": f"{_DE_NUEVO}, por quien correspondía",
    "registra": f"{_DE_NUEVO}, por quien correspondía",
    "huella": "es la suma de lo que se aprobó: para cambiarlo, abra una nueva versión",
    "sha256": "es la suma del archivo recibido: entregue o archive el archivo correcto",
    "archivo": "entregue o archive el archivo correcto; el equivocado queda en la historia",
    "version": "los números los pone el sistema: descarte el borrador y abra otra versión",
    "codigo": "use: sgc-gt recodificar",
    "elabora": "use: sgc-gt reasignar",
    "revisa": "use: sgc-gt reasignar",
    "aprueba": "use: sgc-gt reasignar",
    "responsable": "use: sgc-gt reasignar",
    "desde": "anote otra subrogancia con los días correctos: la última manda desde que empieza",
    "hasta": "anote otra con los días correctos: la última manda",
    "suplente": "anote otra subrogancia (sgc-gt subrogar), y termine la equivocada",
    "calidad": "anote otra subrogancia con la calidad correcta: la última manda desde que empieza",
    "verifica": "use: sgc-gt externo verificar ID --verifica CARGO",
    "usado_por": "use: sgc-gt externo verificar ID --usado-por COD",
}
"""Lo que un movimiento prueba no se corrige escribiéndolo de otro modo; para cada cosa, qué hacer."""


def que_hacer(nombre: str, ficha: Ficha) -> str:
    """Qué hacer con un dato que no se rectifica; un movimiento del servicio no se deja sin efecto: se anota
    otro."""
    if ficha.clase == "sistema" and NO_SE_RECTIFICAN[nombre].startswith(_DE_NUEVO):
        return "anote otro movimiento: en los del servicio, el siguiente manda"
    return NO_SE_RECTIFICAN[nombre]


class Rectificacion(NamedTuple):
    """Un dato corregido de un movimiento: lo que decía, lo que dice, y la constancia que lo corrige."""

    campo: str
    decia: str
    dice: str
    n: int  # la constancia
    fecha: date
    motivo: str

    @property
    def en_palabras(self) -> str:
        """«número del oficio: decía 123, dice 124»."""
        campo = CAMPOS[self.campo]
        return f"{campo.etiqueta}: decía {valor(campo, self.decia)}, dice {valor(campo, self.dice)}"

    def a_dict(self) -> dict[str, Any]:
        """Las claves del contrato."""
        return {**self._asdict(), "fecha": self.fecha.isoformat()}


def valor(campo: Campo, texto: str) -> str:
    """El valor del dato como se muestra."""
    return imprimir_fecha(date.fromisoformat(texto)) if campo.es_fecha else texto


def rectificaciones(ficha: Ficha, fecha: date | None = None) -> dict[int, list[Rectificacion]]:
    """Número de movimiento → lo que de él se ha rectificado hasta la fecha, en orden."""
    resultado: dict[int, list[Rectificacion]] = {}
    for m in ficha.actos:
        if m.acto != ACTO or (fecha is not None and m.fecha > fecha):
            continue
        e = m.extra
        una = Rectificacion(e[CAMPO], e[DECIA], e[DICE], m.n, m.fecha, m.motivo)
        resultado.setdefault(e[MOVIMIENTO], []).append(una)
    return resultado


def rectificada(ficha: Ficha) -> Ficha:
    """La ficha como se lee hoy: cada dato corregido en su movimiento, con lo que decía antes."""
    if not any(m.acto == ACTO for m in ficha.actos):
        return ficha
    hechas = rectificaciones(ficha)
    actos = tuple(_corregido(m, hechas[m.n]) if m.n in hechas else m for m in ficha.actos)
    identidad = dict(ficha.identidad)
    for m in actos:
        identidad.update(m.identidad)
    return ficha._replace(actos=actos, identidad=identidad)


def _corregido(m: Movimiento, hechas: list[Rectificacion]) -> Movimiento:
    decia: dict[str, str] = {}
    for r in hechas:
        m = CAMPOS[r.campo].poner(m, r.dice)
        previo = valor(CAMPOS[r.campo], r.decia)
        decia[r.campo] = f"{decia[r.campo]} y {previo}" if r.campo in decia else previo
    return m._replace(
        extra={**m.extra, RECTIFICADO: decia},
        evidencia=tuple(e._replace(decia=_del_papel(e, decia)) for e in m.evidencia),
    )


def _del_papel(e: Evidencia, decia: Mapping[str, str]) -> str:
    """«decía N° 123 del 02-03-2025»: lo que ese papel decía antes; vacío si no se rectificó."""
    partes = [
        f"{rotulo} {decia[campo]}"
        for campo, rotulo in ((e.clase, "N°"), (f"fecha_{e.clase}", "del"))
        if campo in decia
    ]
    if e.clase == "oficio" and "responde" in decia:
        partes.append(f"que responde al N° {decia['responde']}")
    return f"decía {' '.join(partes)}" if partes else ""


def citan(ficha: Ficha, n: int, numero: str) -> tuple[Movimiento, ...]:
    """Los movimientos de la misma versión que dicen responder al oficio que el movimiento `n` anotó con ese
    número."""
    actos = rectificada(ficha).actos
    return tuple(
        m
        for m in actos[n:]
        if m.version == actos[n - 1].version and any(e.responde == numero for e in m.evidencia)
    )


def con_respuestas(ficha: Ficha) -> Ficha:
    """La ficha `rectificada`, para mostrarla: cada respuesta cita el número de hoy del oficio que contesta.

    Lo que el movimiento anotó queda a la vista en lo que decía: nadie lo rectificó a él.
    """
    leida = rectificada(ficha)
    hoy: dict[int, dict[str, str]] = {}  # movimiento → el número que cita y el de hoy
    for n, hechas in rectificaciones(ficha).items():
        actual = CAMPOS["oficio"].leer(leida.actos[n - 1])
        for previo in {r.decia for r in hechas if r.campo == "oficio" and r.decia != actual}:
            for m in citan(ficha, n, previo):
                hoy.setdefault(m.n, {})[previo] = actual
    return leida._replace(actos=tuple(_con_cita(m, hoy[m.n]) if m.n in hoy else m for m in leida.actos))


def _con_cita(m: Movimiento, hoy: Mapping[str, str]) -> Movimiento:
    return m._replace(
        evidencia=tuple(
            e._replace(
                responde=hoy[e.responde], decia=f"{e.decia or 'decía'} que responde al N° {e.responde}"
            )
            if e.responde in hoy
            else e
            for e in m.evidencia
        )
    )


def periodo_de(ficha: Ficha) -> str:
    """El período de un registro ya `rectificado`: el de su código, salvo que se haya corregido; «» si su
    código no lo dice."""
    extra = ficha.actos[0].extra if ficha.actos else {}
    if "periodo" in extra.get(RECTIFICADO, {}):
        return str(extra["periodo"])
    return ficha.codigo.split("/")[1] if "/" in ficha.codigo else ""


def con_lo_que_decia(ficha: Ficha, campo: str, ahora: str) -> str:
    """El dato del registro y, si se rectificó, lo que decía: «2025 (decía 2026)»."""
    anotado = ficha.actos[0].extra.get(RECTIFICADO, {}) if ficha.actos else {}
    return f"{ahora} (decía {anotado[campo]})" if campo in anotado else ahora
