"""La firma de un movimiento: lo que su ficha dice, y si lo que la historia guarda lo prueba.

Que va firmado, y con qué clave, lo dice la ficha: así una firma quitada se nota. La firma cubre todos los
bytes del movimiento menos ella misma (archivos, fichas, mensaje, personas, hora y el movimiento anterior):
copiada a otro no vale. Qué claves son de quién lo dice la configuración anterior al movimiento.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from sgc_gt.dominio.clave_ssh import MalFormada, huella_de, leer_clave
from sgc_gt.dominio.etiquetas import FIRMAS
from sgc_gt.dominio.ficha import Movimiento
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.sshsig import ESPACIO, leer_firma
from sgc_gt.repositorio.valores import Commit

SIN_FIRMA, VALIDA, NO_VALE = "sin_firma", "valida", "no_vale"


class Firma(NamedTuple):
    """Lo que se puede decir de la firma de un movimiento."""

    estado: str  # sin_firma | valida | no_vale
    huella: str = ""  # de la clave, como la muestra ssh-keygen
    correo: str = ""  # de quién es la clave: quien anotó
    razon: str = ""  # por qué no vale

    @property
    def etiqueta(self) -> str:
        """Para la pantalla: «firmado», «sin firma», «la firma no vale: …»."""
        return f"{FIRMAS[self.estado]}: {self.razon}" if self.razon else FIRMAS[self.estado]


def firma_de(commit: Commit, m: Movimiento, servicio: Servicio) -> Firma:
    """La firma del movimiento, comprobada. `servicio` es la configuración anterior a él."""
    razon = _razon(commit, m, servicio)
    if razon:
        return Firma(NO_VALE, m.firma, m.registra, razon)
    return Firma(VALIDA, m.firma, m.registra) if m.firma else Firma(SIN_FIRMA)


def _razon(commit: Commit, m: Movimiento, servicio: Servicio) -> str:
    """Por qué la firma no prueba lo que la ficha dice; vacío si lo prueba, o si no va firmado."""
    if commit.firma is None:
        return "la ficha dice que va firmado y la firma no está" if m.firma else ""
    if not m.firma:
        return "trae una firma que su ficha no dice"
    if commit.registra.correo != m.registra:
        return "la historia no lo atribuye a quien la ficha dice que lo anotó"
    # Aquí, y no arriba: mirar un historial sin firmas no paga 60 ms de aritmética.
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from sgc_gt.repositorio.comprobar_firma import vale  # noqa: PLC0415

    try:
        firma = leer_firma(commit.firma)
    except MalFormada as falla:
        return f"la firma {falla}"
    if firma.espacio != ESPACIO:
        return f"la firma se hizo para otra cosa («{firma.espacio}»)"
    if huella_de(firma.clave) != m.firma:
        return f"la firma es de otra clave ({huella_de(firma.clave)})"
    dia = commit.fecha.astimezone(ZoneInfo(servicio.zona_horaria)).date()
    claves = servicio.claves_de(commit.registra.correo, dia)
    if firma.clave not in [leer_clave(c.publica) for c in claves]:
        return f"esa clave no era de {commit.registra.correo} ese día"
    return "" if vale(firma, commit.firmado) else "la firma no es de estos bytes: se copió o se cambió algo"


def firmantes_permitidos(servicio: Servicio) -> str:
    """El archivo `allowed_signers` de OpenSSH: con él, git comprueba las firmas sin este programa.

    Los períodos van en hora universal: sin la Z, cada equipo los leería en su propia zona.
    """
    return "".join(f"{renglon}\n" for renglon in dict.fromkeys(_firmantes(servicio)))


def _firmantes(servicio: Servicio) -> Iterator[str]:
    for p in servicio.personas:
        for clave in p.claves:
            desde = _universal(servicio, clave.desde, time.min)
            opciones = f'namespaces="{ESPACIO}",valid-after="{desde}"'
            if clave.hasta:  # hasta el último segundo de ese día, donde está el servicio
                opciones += f',valid-before="{_universal(servicio, clave.hasta, time(23, 59, 59))}"'
            yield f"{p.correo} {opciones} {clave.publica}"


def _universal(servicio: Servicio, dia: date, hora: time) -> str:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    local = datetime.combine(dia, hora, ZoneInfo(servicio.zona_horaria))
    return f"{local.astimezone(UTC):%Y%m%d%H%M%SZ}"
