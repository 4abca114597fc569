"""El reloj de la demostración y las personas que hacen lo suyo, por las mismas órdenes de todos.

Cada acto ocurre y se anota en su día. Nada aquí evita una guarda.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sgc_gt.contexto import Contexto, Persona
from sgc_gt.dominio.observaciones import RESPUESTAS
from sgc_gt.ejemplo.evidencia import pdf
from sgc_gt.ordenes.circuito import anotar
from sgc_gt.ordenes.crear import Nuevo, crear
from sgc_gt.ordenes.distribucion import Firmantes, tomar_conocimiento
from sgc_gt.ordenes.emitir import emitir
from sgc_gt.ordenes.enviar import enviar
from sgc_gt.ordenes.pedido import Adjunto, Peticion
from sgc_gt.ordenes.registro import Archivo, archivar

CARPETA = Path(__file__).parent
DOMINIO = "senopl.example"
DIVISIONES = ("cr1", "cr2", "cr3", "cr4", "cr5")


class Reloj:
    """La hora del guion: avanza con cada acto y salta de día en día."""

    def __init__(self, anio: int) -> None:
        self.anio = anio
        self.ahora = datetime(anio, 1, 2, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.ahora += timedelta(minutes=7)
        return self.ahora

    def dia(self, mes: int, dia: int) -> date:
        """Salta a las 9:00 de ese día (el lunes siguiente si cae en fin de semana), hora de Chile.

        Si ya es ese día, por el lunes al que se corrió lo anterior, sigue donde iba: el reloj nunca vuelve.
        """
        fecha = date(self.anio, mes, dia)
        fecha += timedelta(days={5: 2, 6: 1}.get(fecha.weekday(), 0))
        self.ahora = max(self.ahora, datetime(fecha.year, fecha.month, fecha.day, 12, tzinfo=UTC))
        return self.ahora.date()


class Guion:
    """Las personas del servicio haciendo lo suyo."""

    def __init__(self, ctx: Contexto, reloj: Reloj, contar: Callable[[str], None]) -> None:
        self.ctx, self.reloj, self.contar = ctx, reloj, contar

    def como(self, cargo: str, por: str = "") -> Contexto:
        """El contexto de quien ejerce un cargo; `por`: de quien es el acto que esa persona anota."""
        return self.ctx.con(Persona(f"{cargo}@{DOMINIO}", f"{por}@{DOMINIO}" if por else ""))

    def circuito(
        self, codigos: list[str], elabora: str, revisa: str, respuestas: Mapping[str, str] | None = None
    ) -> None:
        """Enviar, revisar y aprobar por las propias personas."""
        contesta = Peticion(extra={RESPUESTAS: respuestas} if respuestas else {})
        for codigo in codigos:
            enviar(self.como(elabora), [codigo], contesta)
            anotar(self.como(revisa), "revisar", [codigo], Peticion())
        anotar(self.como("dn"), "aprobar", codigos, Peticion())

    def remitir(self, codigos: list[str], oficio: str) -> None:
        """Se envía a SUBDERE con un oficio de esa fecha."""
        respaldo = pdf(f"oficio-{oficio}.pdf", f"Oficio N° {oficio}", f"Remite {', '.join(codigos)}")
        hoy = self.reloj.ahora.date()
        peticion = Peticion(oficio=oficio, fecha_oficio=hoy, adjuntos=(respaldo,))
        anotar(self.como("cdoc"), "remitir", codigos, peticion)

    def visar(self, codigos: list[str], oficio: str, responde: str) -> None:
        """Llega la visación técnica."""
        respaldo = pdf(
            f"visacion-{oficio}.pdf", f"Oficio N° {oficio}", f"Visación técnica de {', '.join(codigos)}"
        )
        hoy = self.reloj.ahora.date()
        peticion = Peticion(oficio=oficio, fecha_oficio=hoy, responde=responde, adjuntos=(respaldo,))
        anotar(self.como("cdoc"), "visar", codigos, peticion)

    def archivar(
        self,
        serie: str,
        titulo: str,
        adjunto: Adjunto | None,
        *,
        region: str = "",
        ubicacion: str = "",
        con: Adjunto | None = None,
    ) -> str:
        """Se archiva un registro con fecha de hoy; `con`: los datos que el papel dice. Devuelve su código."""
        nuevo = Archivo(serie, self.reloj.ahora.date(), titulo, "", region, ubicacion)
        return archivar(self.como("cdoc"), nuevo, adjunto, con).codigo

    def registro(self, nuevo: Nuevo, contenido: Adjunto, elabora: str, firmado: Adjunto | None = None) -> str:
        """Un registro con formulario recorre su circuito y se archiva; `firmado`: el papel que lo aprueba."""
        codigo = crear(self.como("cdoc"), nuevo._replace(elabora=elabora), Peticion(), datos=contenido).codigo
        enviar(self.como(elabora), [codigo], Peticion())
        aprueba = self.como("cdoc", por="dn") if firmado else self.como("dn")
        anotar(aprueba, "aprobar", [codigo], Peticion(adjuntos=(firmado,) if firmado else ()))
        self.emitir([codigo])
        return codigo

    def conocen(self, codigos: Iterable[str], *cargos: str) -> None:
        """Los que firmaron la hoja de cada documento."""
        for codigo in codigos:
            hoja = pdf(f"hoja-{codigo}.pdf", f"Toma de conocimiento de {codigo}")
            peticion = Peticion(adjuntos=(hoja,))
            tomar_conocimiento(self.como("cdoc"), codigo, "", Firmantes(cargos=cargos), peticion)

    def emitir(self, codigos: list[str], desde: date | None = None) -> None:
        """Control documental pone en vigencia."""
        emitir(self.como("cdoc"), codigos, Peticion(vigente_desde=desde))


def datos(nombre: str, *cambios: tuple[str, str]) -> Adjunto:
    """Los datos de muestra con ese nombre; `cambios`: qué texto dice ahora otra cosa."""
    texto = (CARPETA / "datos" / f"{nombre}.yaml").read_text(encoding="utf-8")
    for antes, ahora in cambios:
        if antes not in texto:
            raise ValueError(f"{nombre}.yaml no dice «{antes}»")
        texto = texto.replace(antes, ahora)
    return Adjunto(f"{nombre}.yaml", texto.encode("utf-8"))
