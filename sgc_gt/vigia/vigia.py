"""La vigilancia: mirar, decidir, hacer. El reloj, la persona y por dónde contar vienen de fuera."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.errores import NoSePudoEscribir, Ocupado, Rechazo, causa_de
from sgc_gt.repositorio.disco import carpeta_privada, escribir
from sgc_gt.vigia import decision, destino, manos, memoria, nombres, obra, respuestas
from sgc_gt.vigia import mesa as sobre_la_mesa
from sgc_gt.vigia.carpetas import carpetas_de, disponibles
from sgc_gt.vigia.copias import faltantes
from sgc_gt.vigia.escaner import firma_de, mirar
from sgc_gt.vigia.frases import Suceso
from sgc_gt.vigia.valores import LEER, PONER, RECIBIR, RESTITUIR, Accion, Ajustes, Expediente, Mundo, Rastro

_SIN_PODER = {LEER: "ilegible", RECIBIR: "ilegible", RESTITUIR: "sin_restituir"}
"""Cómo se cuenta lo que el disco no dejó hacer."""
RONDAS = 20
"""Cuántas veces se vuelve a mirar en una pasada: lo que se hace puede pedir otra cosa."""


class Vigia:
    """Una vigilancia en marcha. `contar` recibe cada suceso; `segundos` es un reloj que no retrocede."""

    def __init__(
        self, ctx: Contexto, contar: Callable[[Suceso], None], segundos: Callable[[], float] = time.monotonic
    ) -> None:
        self.ctx = ctx
        self.contar = contar
        self.segundos = segundos
        self.memoria = memoria.leer(ctx.raiz)
        self.vista: Vista = ctx.vista()
        self.mesa: Mapping[str, Expediente] = {}
        self.personas: Mapping[str, tuple[str, ...]] = {}
        self._marca: object = None
        self._guardado: Mapping[str, Rastro] = {}
        self._dichos = set[tuple[str, str, str]]()

    def al_dia(self) -> bool:
        """Si la historia sigue donde estaba la última vez que se miró."""
        return self._marca == (self.ctx.repo.marca(), self._hoy())

    def _hoy(self) -> object:
        return self.ctx.ahora(self.vista).date()

    def leer_mesa(self) -> None:
        """Vuelve a leer la historia si avanzó, o si cambió el día."""
        marca = (self.ctx.repo.marca(), self._hoy())
        if marca != self._marca:
            with self.ctx.repo.compartiendo():
                self.vista = self.ctx.vista()
                hoy = self.ctx.ahora(self.vista).date()
                self.mesa = sobre_la_mesa.mesa(self.vista, hoy)
                self.personas = sobre_la_mesa.personas(self.vista, self.mesa.values(), hoy)
            self._marca = marca

    @property
    def ajustes(self) -> Ajustes:
        """Los tiempos que la configuración pide."""
        propias = self.vista.servicio.carpetas
        return Ajustes(quietud=float(propias.quietud_segundos)) if propias else Ajustes()

    def carpetas(self) -> dict[str, Path]:
        """La carpeta de cada cargo que la tiene."""
        return carpetas_de(self.vista.servicio, self.mesa.values())

    def presentes(self) -> list[Path]:
        """Las carpetas que se pudieron mirar la última vez."""
        return [c for cargo, c in self.carpetas().items() if cargo not in self.memoria.perdidas]

    def limpiar(self) -> None:
        """Deja en orden lo que un corte dejó a medias en las carpetas."""
        self.leer_mesa()
        for carpeta in self.carpetas().values():
            manos.limpiar(carpeta)

    def pasada(self) -> float | None:
        """Mira y hace todo lo que toca; devuelve en cuántos segundos volver (None: cuando algo cambie)."""
        destino.atender(self)
        plazo = None
        for _ in range(RONDAS):
            mundo = self._mirar()
            plan = decision.decidir(mundo)
            plazo = None if plan.plazo is None else max(plan.plazo - self.segundos(), 0.0)
            if not plan.acciones:
                break
            for accion in plan.acciones:
                self._con_cuidado(accion)
        if self.memoria.rastros != self._guardado:
            memoria.guardar(self.ctx.raiz, self.memoria)
            self._guardado = self.memoria.rastros
        return plazo

    def _mirar(self) -> Mundo:
        self.leer_mesa()
        todas = self.carpetas()
        disponibles(todas, self.vista.servicio, self.memoria.conocidas)
        base = Path(self.vista.servicio.carpetas.base if self.vista.servicio.carpetas else "")
        foto = mirar(base, todas, self.mesa.values())
        ahora = self.segundos()
        self.memoria = decision.observar(self.memoria, foto, ahora)
        mundo = Mundo(foto, self.memoria, self.mesa, self.personas, self.ajustes, ahora)
        self.memoria = self.memoria._replace(faltan=faltantes(mundo))
        return mundo._replace(memoria=self.memoria)

    def _con_cuidado(self, accion: Accion) -> None:
        """Hace una acción; lo que falle con un archivo se cuenta y no detiene a los demás."""
        try:
            obra.MANOS[accion.clase](self, accion)
        except manos.Cambio:  # alguien guardó entretanto: la próxima mirada lo ve
            pass
        except Ocupado:
            self._reintentar(accion)
        except (NoSePudoEscribir, OSError) as error:
            self._sin_poder(accion, error)
        except Rechazo as rechazo:
            self._negado(accion, rechazo)
        except Exception:  # noqa: BLE001  (la última red: un defecto con un archivo no detiene la vigilancia)
            self.defecto(accion)

    def suceso(self, clase: str, accion: Accion, **detalle: Any) -> None:
        """Cuenta algo que pasó con el archivo de una acción."""
        e = self.mesa.get(accion.codigo)
        rastro = self.memoria.rastros.get(accion.ruta)
        version = rastro.lectura.version if rastro and rastro.lectura else e.version if e else ""
        hora = self.ctx.ahora(self.vista)
        self.contar(Suceso(hora, clase, accion.codigo, version, accion.cargo, accion.ruta, detalle))

    def anotar(self, ruta: str, **cambios: Any) -> None:
        """Cambia lo que se recuerda de un archivo."""
        if ruta in self.memoria.rastros:
            rastro = self.memoria.rastros[ruta]._replace(**cambios)
            self.memoria = self.memoria._replace(rastros={**self.memoria.rastros, ruta: rastro})

    def puesto(self, accion: Accion) -> None:
        """Recuerda lo recién puesto: por el mismo borrador no se vuelve a reponer aunque no calce."""
        firma = firma_de(Path(accion.ruta))
        if firma is not None:
            rastro = Rastro(firma, self.segundos(), respondido=accion.clave)
            self.memoria = self.memoria._replace(rastros={**self.memoria.rastros, accion.ruta: rastro})

    def _reintentar(self, accion: Accion) -> None:
        hasta = self.segundos() + obra.REINTENTO
        self.anotar(accion.ruta, hasta=hasta)
        if accion.clase == PONER:
            self.memoria = self.memoria._replace(faltan={**self.memoria.faltan, accion.ruta: hasta})

    def _sin_poder(self, accion: Accion, error: OSError | Rechazo) -> None:
        """El disco, el permiso o un archivo abierto: se dice una vez y se sigue intentando."""
        clase = _SIN_PODER.get(accion.clase, "sin_escribir")
        razon = causa_de(error) if isinstance(error, OSError) else error.mensaje
        if self._dicho(accion, clase, razon):
            self.suceso(clase, accion, razon=razon)
        self._reintentar(accion)

    def _dicho(self, accion: Accion, clase: str, razon: str) -> bool:
        """Si esto aún no se ha dicho de ese archivo."""
        clave = (accion.ruta, clase, razon)
        nuevo = clave not in self._dichos
        self._dichos.add(clave)
        return nuevo

    def _negado(self, accion: Accion, rechazo: Rechazo) -> None:
        """El procedimiento no lo admite: se dice, se explica junto al archivo, y se espera a que cambie."""
        self.anotar(accion.ruta, respondido=accion.clave)
        self.suceso("negado", accion, razon=rechazo.mensaje, hacer=rechazo.hacer, rechazo=rechazo.clase)
        archivo = Path(accion.ruta)
        if not archivo.is_relative_to(self.ctx.raiz):
            respuestas.dejar(
                archivo.with_name(nombres.no_recibido(archivo.name)),
                respuestas.explicacion(rechazo, archivo.name),
            )

    def defecto(self, accion: Accion) -> None:
        """Un defecto del programa con un archivo: se guarda su registro, se cuenta y se sigue."""
        registro = carpeta_privada(self.ctx.raiz) / "vigia-defecto.log"
        with suppress(OSError):
            escribir(self.ctx.raiz, registro, traceback.format_exc().encode())
        self.anotar(accion.ruta, respondido=accion.clave)
        self._reintentar(accion)
        self.suceso("defecto", accion, guardado=str(registro))
