"""Un mundo de mentira para la decisión, que es pura: una carpeta, una historia y un reloj, en memoria."""

from __future__ import annotations

from dataclasses import dataclass, field

from sgc_gt.vigia import decision, valores
from sgc_gt.vigia.copias import faltantes
from sgc_gt.vigia.valores import (
    AVISAR,
    INTERCAMBIO,
    LEER,
    PONER,
    RECIBIR,
    REPONER,
    RETIRAR,
    Accion,
    Ajustes,
    Expediente,
    Firma,
    Foto,
    Lectura,
    Memoria,
    Rastro,
    Visto,
)

CARPETA = "/i/cr1"
COPIA = f"{CARPETA}/PR-FOM-03_v02.docx"
AJUSTES = Ajustes(quietud=5, quietud_abierto=600, paciencia=600)


@dataclass
class Archivo:
    """Un archivo: lo que dice, cuándo cambió y si llegó entero."""

    texto: str
    cambio: float
    nodo: int
    entero: bool = True


@dataclass
class Mundo:
    """La carpeta de cr1 y el documento PR-FOM-03, cuya versión 02 está en borrador con el texto «t0»."""

    ahora: float = 100.0
    disco: dict[str, Archivo] = field(default_factory=dict)
    avisos: set[str] = field(default_factory=set)
    conectada: bool = True
    historia: list[str] = field(default_factory=lambda: ["t0"])
    estado: str = "borrador"
    memoria: Memoria = field(default_factory=Memoria)
    nodos: int = 0
    hechos: list[Accion] = field(default_factory=list)

    # ---- lo que hace la gente

    def guardar(self, ruta: str, texto: str, *, entero: bool = True) -> None:
        self.nodos += 1
        self.disco[ruta] = Archivo(texto, self.ahora, self.nodos, entero)

    def pasar(self, segundos: float) -> None:
        self.ahora += segundos

    # ---- lo que ve y hace la vigilancia

    def foto(self) -> Foto:
        if not self.conectada:
            return Foto({}, {}, {"cr1": CARPETA})
        vistos = {
            r: Visto(r, INTERCAMBIO, "cr1", Firma(len(a.texto), int(a.cambio), a.nodo), r in self.avisos)
            for r, a in self.disco.items()
        }
        avisos = frozenset(f"{CARPETA}/~${r.rpartition('/')[2][2:]}" for r in self.avisos)
        return Foto(vistos, {"cr1": CARPETA}, avisos=avisos)

    def mesa(self) -> dict[str, Expediente]:
        ultimo = self.historia[-1]
        return {
            "PR-FOM-03": Expediente(
                "PR-FOM-03",
                "02",
                self.estado,
                "PR-FOM-03_v02.docx",
                sha256=ultimo,
                cargos=("cr1",),
                conocidas={"02": frozenset(self.historia)},
            )
        }

    def plan(self) -> valores.Plan:
        self.memoria = decision.observar(self.memoria, self.foto(), self.ahora)
        mundo = valores.Mundo(
            self.foto(), self.memoria, self.mesa(), {"cr1": ("cr1@s.cl",)}, AJUSTES, self.ahora
        )
        self.memoria = self.memoria._replace(faltan=faltantes(mundo))
        return decision.decidir(mundo._replace(memoria=self.memoria))

    def mirar(self) -> list[Accion]:
        """Una pasada: se decide y se hace hasta que no quede nada por hacer."""
        antes = len(self.hechos)
        for _ in range(20):
            plan = self.plan()
            if not plan.acciones:
                return self.hechos[antes:]
            for accion in plan.acciones:
                self.hacer(accion)
        raise AssertionError(f"no termina: {self.hechos[-6:]}")

    def hacer(self, accion: Accion) -> None:
        {
            LEER: self._leer,
            RECIBIR: self._recibir,
            PONER: self._poner,
            REPONER: self._reponer,
            RETIRAR: self._retirar,
            AVISAR: self._avisar,
        }[accion.clase](accion)
        if accion.clase != LEER:
            self.hechos.append(accion)

    def anotar(self, ruta: str, **cambios: object) -> None:
        if ruta in self.memoria.rastros:
            rastro: Rastro = self.memoria.rastros[ruta]._replace(**cambios)
            self.memoria = self.memoria._replace(rastros={**self.memoria.rastros, ruta: rastro})

    def _leer(self, accion: Accion) -> None:
        a = self.disco[accion.ruta]
        lectura = Lectura(a.texto, a.entero, "PR-FOM-03", "02") if a.entero else Lectura(a.texto, False)
        self.anotar(
            accion.ruta,
            lectura=lectura,
            fue=("PR-FOM-03", "02"),
            hasta=0.0 if a.entero else self.ahora + 30,
        )

    def _recibir(self, accion: Accion) -> None:
        a = self.disco[accion.ruta]
        assert self.ahora - a.cambio >= AJUSTES.quietud, "se recibió algo que todavía cambiaba"
        assert accion.ruta not in self.avisos or self.ahora - a.cambio >= AJUSTES.quietud_abierto
        assert a.entero
        assert self.estado == "borrador"
        self.historia.append(a.texto)
        self.anotar(accion.ruta, respondido=accion.clave)

    def _poner(self, accion: Accion) -> None:
        assert accion.ruta not in self.disco, "se pisó un archivo"
        self.guardar(accion.ruta, self.historia[-1])

    def _reponer(self, accion: Accion) -> None:
        self._exigir_guardado(accion)
        self.guardar(accion.ruta, self.historia[-1])

    def _retirar(self, accion: Accion) -> None:
        self._exigir_guardado(accion)
        del self.disco[accion.ruta]

    def _exigir_guardado(self, accion: Accion) -> None:
        assert accion.ruta not in self.avisos, "se tocó un archivo abierto"
        assert self.disco[accion.ruta].texto in self.historia, "se perdió algo que nadie más tenía"

    def _avisar(self, accion: Accion) -> None:
        perdidas = self.memoria.perdidas
        if accion.causa == "carpeta_perdida":
            perdidas |= {accion.cargo}
        elif accion.causa == "carpeta_de_vuelta":
            perdidas -= {accion.cargo}
        self.memoria = self.memoria._replace(perdidas=perdidas)
        self.anotar(accion.ruta, respondido=accion.clave)
