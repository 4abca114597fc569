"""Una mesa de trabajo para probar el reglamento: un servicio de ocho personas y un documento entre manos.

`Mesa().hacer("crear").hacer("entregar")…` lleva un documento por sus actos como lo haría una orden, con los
archivos que la tabla de efectos dice en un árbol de juguete (ruta → resumen). Lo que no se diga toma el
valor de un acto bien hecho; cada prueba escribe solo lo que quiere torcer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

from sgc_gt.dominio.actos import VIDA
from sgc_gt.dominio.caso import Pedido, ficha_nueva
from sgc_gt.dominio.codigos import FormatoVersion, Mascara
from sgc_gt.dominio.efectos import Borra, Escribe, Mueve, efectos
from sgc_gt.dominio.ficha import Evidencia, Ficha, Movimiento, Observacion
from sgc_gt.dominio.organizacion import Cargo, Organizacion, Persona, Subrogancia
from sgc_gt.dominio.reglamento import decidir
from sgc_gt.dominio.rutas import carpeta, datos_de, nombre_archivo
from sgc_gt.dominio.servicio import PasoCircuito, Serie, Servicio, Tipo
from sgc_gt.dominio.situacion import Situacion, Version, situacion
from sgc_gt.errores import Rechazo

CHILE = timezone(timedelta(hours=-3))
INICIO = date(2026, 3, 10)
DESDE = date(2020, 1, 1)

CARGOS = {
    "jefe": Cargo("jefe", "Jefe/a de Servicio", ("sub",)),
    "sub": Cargo("sub", "Subjefe/a"),
    "proc": Cargo("proc", "Jefe/a de Fomento"),
    "rev": Cargo("rev", "Encargado/a de Calidad"),
    "fis": Cargo("fis", "Fiscal"),
    "cdoc": Cargo("cdoc", "Control Documental", ("aud",)),
    "aud": Cargo("aud", "Auditor/a"),
}
PERSONAS = (
    *(Persona(f"{cargo}@s.cl", cargo, DESDE) for cargo in CARGOS),
    Persona("rev-dos@s.cl", "rev", DESDE),
)

_REVISAR = PasoCircuito("revisar", "revisa", distinto_de=("elabora",))
_APROBAR = PasoCircuito("aprobar", "aprueba", distinto_de=("elabora", "revisar"))
_REMITIR = PasoCircuito("remitir", "control_documental")
_VISAR = PasoCircuito("visar", "control_documental")
_EMITIR = PasoCircuito("emitir", "control_documental")

SERVICIO = Servicio(
    nombre="Servicio de Prueba",
    sigla="SP",
    norma="ISO 9001:2015",
    mascara=Mascara("{tipo}-{area}-{nn}"),
    areas={"SGC": "Calidad", "GT": "Gestión Territorial"},
    formato=FormatoVersion(),
    cargos=CARGOS,
    personas=PERSONAS,
    roles={"control_documental": ("cdoc",), "jefe_servicio": ("jefe",)},
    circuitos={
        "normal": (_REVISAR, _APROBAR, _EMITIR),
        "con_visacion": (_REVISAR, _APROBAR, _REMITIR, _VISAR, _EMITIR),
        "menor": (PasoCircuito("aprobar", "responsable", distinto_de=("elabora",)), _EMITIR),
        "registro": (PasoCircuito("aprobar", "aprueba", distinto_de=("elabora",)), _EMITIR),
    },
    tipos={
        "procedimiento": Tipo(
            "procedimiento", "Procedimiento", "PR", "documento", "normal", circuito_menor="menor"
        ),
        "plan": Tipo("plan", "Plan", "PL", "documento", "con_visacion", serie="PL-GT-01"),
        "acta": Tipo("acta", "Acta", "RG", "registro", "registro", serie="RG-SGC-05"),
        "archivo": Tipo("archivo", "Formulario", "FO", "archivo", "normal", con_plantilla=False),
    },
    series={
        "RG-SGC-05": Serie("RG-SGC-05", "Actas", "rev"),
        "PL-GT-01": Serie("PL-GT-01", "Plan", "proc", documento=True),
    },
)
IDENTIDAD = {
    "titulo": "Compras",
    "area": "GT",
    "elabora": "proc",
    "revisa": ["rev"],
    "aprueba": "jefe",
    "responsable": "fis",
}
QUIEN = {
    **dict.fromkeys(
        (
            *("crear", "importar", "nueva-version", "remitir", "visar", "emitir", "reabrir", "regir"),
            *("distribuir", "retirar-copia", "reasignar", "rectificar", "recodificar"),
        ),
        "cdoc",
    ),
    **dict.fromkeys(("generar", "entregar", "enviar", "retirar", "descartar"), "proc"),
    "revisar": "rev",
    "devolver": "rev",
    "aprobar": "jefe",
    "solicitar": "proc",
    "resolver": "cdoc",
    "mantener": "fis",
    "dejar-sin-efecto": "jefe",
    "registrar": "cdoc",
    "tomar-conocimiento": "proc",
    **dict.fromkeys(VIDA, "cdoc"),
}
_MOTIVO: dict[str, Any] = {"motivo": "Cambió la ley"}
_SIEMPRE: dict[str, dict[str, Any]] = {
    "distribuir": {"extra": {"entrega": ["proc", "rev"]}},
    "retirar-copia": {"extra": {"retiradas": [1], "destino": "devuelta"}},
    **dict.fromkeys(("nueva-version", "reabrir", "dejar-sin-efecto", "descartar"), _MOTIVO),
}
CON_CIRCUITO = frozenset({"revisar", "aprobar", "remitir", "visar", "emitir"})


def huella(contenido: str) -> str:
    """Una huella cualquiera, distinta para cada contenido."""
    return "1:" + resumen("huella " + contenido)


def resumen(contenido: str) -> str:
    """El SHA-256 de un contenido."""
    return hashlib.sha256(contenido.encode()).hexdigest()


def oficio(numero: str, fecha: date, *, responde: str = "", adjunto: bool = True) -> Evidencia:
    """Un oficio, con su archivo salvo que se diga otra cosa."""
    archivo = ("of.pdf", 10, resumen(numero)) if adjunto else ("", 0, "")
    return Evidencia("oficio", numero, fecha, *archivo, responde=responde)


def pdf(nombre: str = "firmado.pdf") -> Evidencia:
    """Un PDF firmado."""
    return Evidencia("pdf_firmado", archivo=nombre, tamano=10, sha256=resumen(nombre))


@dataclass
class Mesa:
    """Un código y todo lo que hay alrededor; el reloj avanza un minuto por acto."""

    tipo: str = "procedimiento"
    codigo: str = "PR-GT-01"
    servicio: Servicio = SERVICIO
    subrogancias: tuple[Subrogancia, ...] = ()
    extension: str = ".docx"
    ahora: datetime = datetime(2026, 3, 10, 9, tzinfo=CHILE)
    ficha: Ficha | None = None
    arbol: dict[str, str] = field(default_factory=dict)  # ruta → resumen de los bytes

    @property
    def hoy(self) -> date:
        return self.ahora.date()

    @property
    def org(self) -> Organizacion:
        return Organizacion(self.servicio.cargos, self.servicio.personas, self.subrogancias)

    @property
    def vista(self) -> Situacion:
        assert self.ficha is not None
        return situacion(self.ficha, self.hoy)

    @property
    def abierta(self) -> Version:
        assert self.vista.abierta is not None
        return self.vista.abierta

    @property
    def ultimo(self) -> Movimiento:
        assert self.ficha is not None
        return self.ficha.actos[-1]

    def dia(self, dias: int) -> Mesa:
        """Pasan los días."""
        self.ahora += timedelta(days=dias)
        return self

    def pedido(self, acto: str, quien: str = "", **campos: Any) -> Pedido:
        """El pedido bien hecho de ese acto; `campos` cambia lo que se diga."""
        correo = f"{quien or self._de_quien(acto)}@s.cl"
        base = Pedido(acto, self.codigo, self.hoy, self.ahora, correo, correo, tipo=self.tipo)
        return base._replace(**{**self._propio(acto), **campos})

    def _de_quien(self, acto: str) -> str:
        espera = self.vista.abierta.espera if self.ficha and self.vista.abierta else None
        return espera.cargos[0] if acto == "devolver" and espera else QUIEN[acto]

    def _propio(self, acto: str) -> Mapping[str, Any]:
        if acto in ("crear", "registrar"):
            propio: dict[str, Any] = {"identidad": IDENTIDAD}
            return propio | ({"extra": {"ubicacion": "Estante 3"}} if acto == "registrar" else {})
        if acto == "importar":
            return self._importado()
        if self.ficha is None:
            return {}
        abierta = self.vista.abierta
        if acto in CON_CIRCUITO and abierta:
            return self._del_paso(acto, abierta)
        if acto in ("generar", "entregar") and abierta:
            texto = f"{self.codigo} {len(self.ficha.actos)}"
            nombre = nombre_archivo(self.codigo, abierta.version, self.extension)
            return {"huella": huella(texto), "sha256": resumen(texto), "archivo": nombre}
        if acto == "enviar" and abierta:
            return {"huella": abierta.huella, "sha256": abierta.sha256, "archivo": abierta.archivo}
        if acto == "devolver":
            propio = {"observaciones": (Observacion("Falta el plazo", "4"),)}
            fuera = abierta is not None and abierta.estado == "en_visacion"
            return propio | ({"evidencia": (oficio("Ord. B", self.hoy),)} if fuera else {})
        return _SIEMPRE.get(acto, {})

    def _importado(self) -> Mapping[str, Any]:
        """La versión que sigue a las importadas, que regía desde un año antes (o desde la anterior)."""
        previas = self.vista.versiones if self.ficha else ()
        numerada = bool(previas and previas[-1].version)
        version = self.servicio.formato.siguiente(previas[-1].version) if numerada else "03"
        texto = f"{self.codigo} importada {version}"
        return {
            "identidad": IDENTIDAD,
            "version": version,
            "vigente_desde": (previas[-1].vigente_desde if previas else None)
            or self.hoy - timedelta(days=365),
            "huella": huella(texto),
            "sha256": resumen(texto),
            "archivo": nombre_archivo(self.codigo, version, self.extension),
        }

    def _del_paso(self, acto: str, abierta: Version) -> Mapping[str, Any]:
        propio: dict[str, Any] = {"huella": abierta.huella}
        numero = str(self.vista.ultimo.n if self.vista.ultimo else 0)
        if acto == "emitir":
            sellado = resumen("sellado " + abierta.sha256)
            return propio | {"archivo": abierta.archivo, "sha256": sellado}
        if acto == "remitir":
            return propio | {"evidencia": (oficio(numero, self.hoy, adjunto=False),)}
        if acto == "visar":
            envio = next((e.numero for m in reversed(abierta.firmas) for e in m.evidencia), "")
            return propio | {"evidencia": (oficio(numero, self.hoy, responde=envio),)}
        return propio

    def decidir(self, acto: str, quien: str = "", **campos: Any) -> Movimiento:
        """El movimiento que el reglamento anotaría; no cambia nada."""
        return decidir(self.servicio, self.org, self.ficha, self.pedido(acto, quien, **campos))

    def hacer(self, acto: str, quien: str = "", **campos: Any) -> Mesa:
        """Hace el acto: ficha, archivos y un minuto más en el reloj."""
        return self.anotar(self.pedido(acto, quien, **campos))

    def anotar(self, pedido: Pedido) -> Mesa:
        """Hace el acto de un pedido ya escrito."""
        movimiento = decidir(self.servicio, self.org, self.ficha, pedido)
        despues = (self.ficha or ficha_nueva(self.servicio, pedido)).con(movimiento)
        self.arbol = aplicar(self.arbol, self.ficha, despues)
        self.ficha = despues
        self.ahora += timedelta(minutes=1)
        return self

    def rechazo(self, acto: str, quien: str = "", **campos: Any) -> Rechazo:
        """El rechazo con que se niega ese acto; falla si se admite."""
        try:
            admitido = self.decidir(acto, quien, **campos)
        except Rechazo as rechazo:
            return rechazo
        raise AssertionError(f"se admitió: {admitido}")

    def hasta(self, estado: str) -> Mesa:
        """Lleva el documento por el camino corto hasta que su última versión esté en ese estado."""
        if self.ficha is None:
            self.hacer("crear")
        for acto in ("entregar", "enviar", "revisar", "aprobar", "remitir", "visar", "emitir"):
            if self.ficha and self.vista.versiones[-1].estado == estado and self.vista.versiones[-1].huella:
                return self
            espera = self.vista.abierta.espera if self.ficha and self.vista.abierta else None
            if acto in CON_CIRCUITO and (espera is None or espera.acto != acto):
                continue
            self.hacer(acto)
        assert self.vista.versiones[-1].estado == estado
        return self

    def siguiente(self, **campos: Any) -> Mesa:
        """Abre, escribe, envía, revisa y aprueba la versión que sigue; queda por emitir."""
        self.hacer("nueva-version", **campos)
        return self.hacer("entregar").hacer("enviar").hacer("revisar").hacer("aprobar")

    def archivos(self) -> list[str]:
        """Lo que hay en la carpeta del documento, sin la carpeta."""
        assert self.ficha is not None
        return sorted(ruta.removeprefix(carpeta(self.ficha) + "/") for ruta in self.arbol)


def aplicar(arbol: Mapping[str, str], antes: Ficha | None, despues: Ficha) -> dict[str, str]:
    """El árbol después del último movimiento, según la tabla de efectos."""
    nuevo = dict(arbol)
    for ruta, efecto in efectos(antes, despues, arbol).items():
        if isinstance(efecto, Escribe):
            nuevo[ruta] = efecto.sha256
        elif isinstance(efecto, Mueve):
            nuevo[ruta] = arbol[efecto.origen]
        elif isinstance(efecto, Borra):
            del nuevo[ruta]
    return nuevo


def con_datos(mesa: Mesa, archivo: str) -> str:
    """La ruta de los datos que acompañan a un borrador."""
    assert mesa.ficha is not None
    return datos_de(f"{carpeta(mesa.ficha)}/borrador/{archivo}")
