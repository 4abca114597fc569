"""Pedidos al azar, legales y no, sobre tres documentos: pase lo que pase, la casa queda en orden.

La máquina pide actos de cualquiera, en cualquier orden, con fechas, huellas y respaldos torcidos. Después
de cada uno se exige todo lo que un auditor daría por sentado.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from mesa_dominio import CON_CIRCUITO, DESDE, SERVICIO, Mesa, huella, oficio, pdf

from sgc_gt.dominio.actos import ABIERTOS, ACTOS, CONSTANCIAS, OBSOLETO, VIGENTE
from sgc_gt.dominio.caso import posibles
from sgc_gt.dominio.distribucion import conocimientos, copias
from sgc_gt.dominio.ficha import Ficha, escribir_ficha, leer_ficha, leer_movimiento, movimiento_a_dict
from sgc_gt.dominio.ficha_siguiente import escribir_siguiente
from sgc_gt.dominio.mensaje import leer_mensaje, mensaje
from sgc_gt.dominio.observaciones import RESPUESTAS, SEGUIMIENTO, abiertas
from sgc_gt.dominio.organizacion import Persona, Subrogancia
from sgc_gt.dominio.punto_de_uso import cambios, documento, emitidas, retirado
from sgc_gt.dominio.rectificacion import rectificada
from sgc_gt.dominio.reglamento import decidir, pedido_de
from sgc_gt.dominio.rutas import carpeta
from sgc_gt.dominio.situacion import Situacion, Version, ocurre, situacion
from sgc_gt.errores import Rechazo

DOCUMENTOS = (
    ("procedimiento", "PR-GT-01"),
    ("plan", "PL-GT-01"),
    ("archivo", "FO-GT-01"),
    ("acta", "RG-SGC-05/2026/001"),
)
_DOBLES = tuple(Persona("doble@s.cl", cargo, DESDE) for cargo in ("proc", "rev", "jefe", "cdoc"))
CASA = SERVICIO._replace(personas=(*SERVICIO.personas, *_DOBLES))
SUBROGA = (Subrogancia("jefe", "sub", "(S)", "Res. Ex. N° 210", DESDE),)
QUIENES = (*[""] * 10, "doble", "jefe", "sub", "proc", "rev", "rev-dos", "fis", "cdoc", "aud", "nadie")
OPCIONES = st.fixed_dictionaries(
    {},
    optional={
        "atraso": st.integers(-1, 4),
        "respaldo": st.sampled_from(["pdf", "oficio"]),
        "anota": st.sampled_from(["cdoc", "doble", "rev"]),
        "otra_huella": st.just(True),
        "vigencia": st.integers(-1, 40),
        "menor": st.booleans(),
        "seguimiento": st.just(1),
        "extension": st.sampled_from([".docx", ".xlsx"]),
    },
)


class Casa(RuleBasedStateMachine):
    """Cuatro códigos de un mismo servicio y un solo reloj."""

    @initialize()
    def abrir(self) -> None:
        self.mesas = {c: Mesa(tipo, c, CASA, SUBROGA) for tipo, c in DOCUMENTOS}
        self.vistas: dict[str, dict[date, Situacion]] = {c: {} for c in self.mesas}

    @rule(codigo=st.sampled_from([c for _, c in DOCUMENTOS]), meses=st.integers(0, 20))
    def llega_aprobado(self, codigo: str, meses: int) -> None:
        """Se importa una versión que ya regía; sobre un código con vida propia se niega."""
        mesa = self.mesas[codigo]
        self._hacer(mesa, "importar", "", {"vigente_desde": mesa.hoy - timedelta(days=30 * meses)})

    @rule(dias=st.integers(1, 30))
    def pasan_los_dias(self, dias: int) -> None:
        for mesa in self.mesas.values():
            mesa.dia(dias)

    @rule(codigo=st.sampled_from([c for _, c in DOCUMENTOS]), vigencia=st.none() | st.integers(0, 20))
    def sigue_su_camino(self, codigo: str, vigencia: int | None) -> None:
        """El acto que corresponde, por quien corresponde."""
        mesa = self.mesas[codigo]
        self._comienza_a_regir(mesa)
        acto = self._el_que_toca(mesa)
        if acto is None:
            return
        campos: dict[str, Any] = {}
        if acto == "emitir" and vigencia and mesa.tipo != "acta":
            campos["vigente_desde"] = mesa.hoy + timedelta(days=vigencia)
        if acto == "enviar" and mesa.ficha and mesa.vista.abierta:
            faltan = abiertas(mesa.ficha, mesa.vista.abierta.version)
            campos["extra"] = {RESPUESTAS: {o.id: "Se corrigió" for o in faltan}}
        self._hacer(mesa, acto, "", campos)

    def _el_que_toca(self, mesa: Mesa) -> str | None:
        if mesa.ficha is None:
            return "crear"
        abierta = mesa.vista.abierta
        if abierta is None:
            return "nueva-version" if "nueva-version" in posibles(mesa.vista) else None
        if abierta.espera:
            return abierta.espera.acto
        return "enviar" if abierta.huella else "entregar"

    @rule(
        codigo=st.sampled_from([c for _, c in DOCUMENTOS]),
        acto=st.sampled_from(sorted(ACTOS)),
        quien=st.sampled_from(QUIENES),
        opciones=OPCIONES,
    )
    def pide(self, codigo: str, acto: str, quien: str, opciones: dict[str, Any]) -> None:
        """Cualquier cosa, por cualquiera."""
        mesa = self.mesas[codigo]
        self._intentar(mesa, acto, quien, opciones)

    @precondition(lambda self: any(m.ficha for m in self.mesas.values()))
    @rule(acto=st.data(), quien=st.sampled_from(QUIENES), opciones=st.just({}) | OPCIONES)
    def pide_algo_posible(self, acto: st.DataObject, quien: str, opciones: dict[str, Any]) -> None:
        """Un acto que la tabla admite, quizá con algo torcido."""
        mesa = acto.draw(st.sampled_from([m for m in self.mesas.values() if m.ficha]))
        admitidos = posibles(mesa.vista)
        if admitidos:
            self._intentar(mesa, acto.draw(st.sampled_from(admitidos)), quien, opciones)

    @precondition(lambda self: any(m.ficha for m in self.mesas.values()))
    @rule(
        dato=st.data(),
        acto=st.sampled_from(sorted(CONSTANCIAS)),
        numero=st.integers(0, 4),
        cargo=st.sampled_from(["proc", "rev", "fis", "nada"]),
        opciones=st.just({}) | OPCIONES,
    )
    def deja_constancia(
        self, dato: st.DataObject, acto: str, numero: int, cargo: str, opciones: dict[str, Any]
    ) -> None:
        """Una constancia sobre cualquier versión, de las que rigen o no, con fechas de antes."""
        mesa = dato.draw(st.sampled_from([m for m in self.mesas.values() if m.ficha]))
        version = dato.draw(st.sampled_from(["", *(v.version for v in mesa.vista.versiones)]))
        fecha = mesa.hoy - timedelta(days=opciones.get("atraso", 0) * 10)
        copia = {"numero": numero, "cargo": cargo, "soporte": "papel", "region": ""}
        toma = {"cargo": cargo, "fecha": fecha.isoformat()}
        extra: dict[str, Any] = {
            "distribuir": {"entrega": [cargo], "copias": [copia] * (numero > 0)},
            "retirar-copia": {"retiradas": [numero], "destino": "destruida"},
            "tomar-conocimiento": {"conocimientos": [toma]} if opciones.get("respaldo") else {},
            "rectificar": self._rectifica(mesa, numero),
        }[acto]
        quien = "cdoc" if opciones.get("respaldo") else ""
        campos: dict[str, Any] = {
            "version": version,
            "fecha": fecha,
            "extra": extra,
            "motivo": "Se anotó mal",
        }
        if opciones.get("respaldo"):
            campos["evidencia"] = (pdf(),)
        self._hacer(mesa, acto, quien, campos)

    def _rectifica(self, mesa: Mesa, atras: int) -> dict[str, Any]:
        """El motivo de uno de los últimos movimientos, a veces sin tener cómo."""
        assert mesa.ficha is not None
        n = len(mesa.ficha.actos) - atras
        decia = rectificada(mesa.ficha).actos[n - 1].motivo if n > 0 else ""
        return {"movimiento": n, "campo": "motivo", "decia": decia, "dice": f"Cambió {n}"}

    @precondition(lambda self: any(m.ficha for m in self.mesas.values()))
    @rule(
        dato=st.data(),
        papel=st.sampled_from(["elabora", "aprueba", "responsable"]),
        cargo=st.sampled_from(["proc", "rev", "fis", "sub", "aud", "nada"]),
    )
    def reasigna(self, dato: st.DataObject, papel: str, cargo: str) -> None:
        """Otro cargo en un papel: lo firmado queda y lo que falta se puede terminar."""
        mesa = dato.draw(st.sampled_from([m for m in self.mesas.values() if m.ficha]))
        assert mesa.ficha is not None
        abierta = mesa.vista.abierta
        extra = {"antes": {papel: mesa.ficha.identidad.get(papel)}}
        campos = {"identidad": {papel: cargo}, "extra": extra, "motivo": "Se va"}
        self._hacer(mesa, "reasignar", "", campos)
        despues = mesa.vista.abierta
        assert (abierta and abierta._replace(ruta=())) == (despues and despues._replace(ruta=()))
        if abierta and despues:
            assert abierta.ruta[: abierta.paso] == despues.ruta[: abierta.paso]

    def _intentar(self, mesa: Mesa, acto: str, quien: str, opciones: dict[str, Any]) -> None:
        campos: dict[str, Any] = {}
        mesa.extension = opciones.get("extension", mesa.extension)
        if "atraso" in opciones:
            campos["fecha"] = mesa.hoy - timedelta(days=opciones["atraso"])
        if "respaldo" in opciones:
            fecha = campos.get("fecha", mesa.hoy)
            campos["evidencia"] = (pdf(),) if opciones["respaldo"] == "pdf" else (oficio("9", fecha),)
        if "anota" in opciones:
            campos["registra"] = f"{opciones['anota']}@s.cl"
        if "otra_huella" in opciones and acto in CON_CIRCUITO:
            campos["huella"] = huella("otra")
        if "vigencia" in opciones:
            dias = opciones["vigencia"] * (-30 if acto == "importar" else 1)
            campos["vigente_desde"] = mesa.hoy + timedelta(days=dias)
        if opciones.get("menor"):
            campos["extra"] = {"menor": True}
        if "seguimiento" in opciones and acto == "devolver":
            campos["extra"] = {SEGUIMIENTO: 1}
        if acto == "regir" and mesa.ficha:
            campos["fecha"] = next(
                (v.vigente_desde for v in mesa.vista.versiones if v.emision and not v.regida), mesa.hoy
            )
        self._hacer(mesa, acto, quien, campos)

    def _comienza_a_regir(self, mesa: Mesa) -> None:
        for v in mesa.vista.versiones if mesa.ficha else ():
            if v.emision and not v.regida and v.vigente_desde and v.vigente_desde <= mesa.hoy:
                self._hacer(mesa, "regir", "", {"fecha": v.vigente_desde})

    def _hacer(self, mesa: Mesa, acto: str, quien: str, campos: dict[str, Any]) -> None:
        antes, arbol = mesa.ficha, dict(mesa.arbol)
        bytes_antes = escribir_ficha(antes) if antes else b""
        rechazo = self._rechazo(mesa, acto, quien, campos)
        if rechazo:
            assert rechazo.mensaje
            assert rechazo.hacer or rechazo.esperado
            assert mesa.ficha is antes
            assert (escribir_ficha(antes) if antes else b"") == bytes_antes
            assert mesa.arbol == arbol
            return
        assert mesa.ficha is not None
        self._se_repite_igual(mesa, antes)
        self._el_pasado_no_cambia(mesa)
        _en_orden(mesa.ficha)
        assert mesa.arbol == _esperado(mesa.ficha, situacion(mesa.ficha))
        for otra in self.mesas.values():
            otra.ahora = mesa.ahora

    def _rechazo(self, mesa: Mesa, acto: str, quien: str, campos: dict[str, Any]) -> Rechazo | None:
        try:
            mesa.hacer(acto, quien, **campos)
        except Rechazo as rechazo:
            return rechazo
        return None

    def _se_repite_igual(self, mesa: Mesa, antes: Ficha | None) -> None:
        ficha = mesa.ficha
        assert ficha is not None
        assert leer_ficha(escribir_ficha(ficha), "x") == ficha
        if antes:
            assert escribir_siguiente(escribir_ficha(antes), ficha) == escribir_ficha(ficha)
        escrito = leer_movimiento(json.loads(json.dumps(movimiento_a_dict(mesa.ultimo))))
        assert decidir(CASA, mesa.org, antes, pedido_de(escrito, mesa.codigo, mesa.tipo)) == mesa.ultimo
        indice = leer_mensaje(mensaje([ficha], mesa.org), "x")
        assert (indice.acto, indice.numeros) == (mesa.ultimo.acto, (mesa.ultimo.n,))
        assert indice.versiones == (mesa.ultimo.version or "-",)

    def _el_pasado_no_cambia(self, mesa: Mesa) -> None:
        """Lo que se vio de un día anterior al acto (o a la vigencia de lo importado) se sigue viendo igual."""
        assert mesa.ficha is not None
        vistas, desde = self.vistas[mesa.codigo], ocurre(mesa.ultimo)
        for dia, vista in vistas.items():
            if dia < desde:
                assert situacion(mesa.ficha, dia) == vista
        for dia in {*vistas, *_dias(mesa.ficha)}:
            if dia >= desde:
                vistas[dia] = situacion(mesa.ficha, dia)


def _en_orden(ficha: Ficha) -> None:
    """Todo lo que un auditor daría por sentado de una ficha."""
    _a_lo_mas_una_vigente_y_una_en_trabajo(ficha)
    _los_numeros_crecen_y_no_se_repiten(ficha)
    _las_fechas_y_los_numeros_de_los_actos_avanzan(ficha)
    _lo_que_se_firmo_es_lo_que_rige(ficha)
    _nada_se_aprobo_sin_atender(ficha)
    _el_punto_de_uso_muestra_lo_que_rige_y_nada_mas(ficha)
    _las_constancias_no_mueven_nada_y_son_de_lo_emitido(ficha)


def _las_constancias_no_mueven_nada_y_son_de_lo_emitido(ficha: Ficha) -> None:
    sin = ficha._replace(actos=tuple(m for m in ficha.actos if m.acto not in CONSTANCIAS))
    for dia in _dias(ficha):
        assert situacion(sin, dia) == situacion(ficha, dia)
    for m in ficha.actos:
        if m.acto in CONSTANCIAS - {"rectificar"}:  # se rectifica también lo que no llegó a emitirse
            emision = next(v.emision for v in situacion(ficha).versiones if v.version == m.version)
            assert emision is not None
            assert ocurre(emision) <= m.fecha
    numeros = [c["numero"] for m in ficha.actos for c in m.extra.get("copias", ())]
    assert len(numeros) == len(set(numeros)) == len(copias(ficha))
    tomados = [(c.version, c.cargo, c.correo) for c in conocimientos(ficha)]
    assert len(tomados) == len(set(tomados))


def _dias(ficha: Ficha) -> set[date]:
    """Los días en que algo cambia, sus vísperas y el día siguiente."""
    clave = {d for m in ficha.actos for d in (m.fecha, m.vigente_desde) if d}
    return {d + timedelta(days=n) for d in clave for n in (-1, 0, 1)}


def _a_lo_mas_una_vigente_y_una_en_trabajo(ficha: Ficha) -> None:
    for dia in _dias(ficha):
        versiones = situacion(ficha, dia).versiones
        assert sum(v.estado == VIGENTE for v in versiones) <= 1
        assert sum(v.estado in ABIERTOS for v in versiones) <= 1


def _los_numeros_crecen_y_no_se_repiten(ficha: Ficha) -> None:
    orden, consumido = CASA.formato.orden, (0, 0)
    for v in situacion(ficha).versiones if ficha.clase != "registro" else ():
        assert orden(v.version) > consumido
        if v.emision or v.quemada:
            consumido = orden(v.version)


def _las_fechas_y_los_numeros_de_los_actos_avanzan(ficha: Ficha) -> None:
    actos = ficha.actos
    assert [m.n for m in actos] == list(range(1, len(actos) + 1))
    mueven = [m for m in actos if m.acto not in CONSTANCIAS]
    assert [m.fecha for m in mueven] == sorted(m.fecha for m in mueven)
    assert [m.registrado for m in actos] == sorted(m.registrado for m in actos)
    assert all(m.fecha.isoformat() <= m.registrado for m in actos)


def _lo_que_se_firmo_es_lo_que_rige(ficha: Ficha) -> None:
    for v in situacion(ficha).versiones:
        assert {m.huella for m in v.firmas} <= {v.huella}
        if v.importada:
            assert [m.acto for m in v.firmas] == ["importar"]
        else:
            assert not v.emision or {"aprobar", "emitir"} <= {m.acto for m in v.firmas}
        for m in v.firmas:
            if m.acto in ("revisar", "aprobar"):
                assert not {m.correo, m.registra} & v.autores
                assert m.origen != "registrado_sin_respaldo"


def _nada_se_aprobo_sin_atender(ficha: Ficha) -> None:
    for n, m in enumerate(ficha.actos, start=1):
        if m.acto == "aprobar":
            assert abiertas(ficha._replace(actos=ficha.actos[:n]), m.version) == ()


def _el_punto_de_uso_muestra_lo_que_rige_y_nada_mas(ficha: Ficha) -> None:
    for dia in _dias(ficha):
        s = situacion(ficha, dia)
        publicado, fuera = documento(CASA, ficha, s, dia), retirado(s)
        rige = s.vigente if ficha.clase != "registro" else None
        assert (publicado and publicado.version) == (rige and rige.version)
        assert not (publicado and fuera)
        assert all(c.fecha <= dia for c in cambios(s, dia))
        papeles = {e.version: e for e in emitidas(s)}
        assert list(papeles) == [v.version for v in s.versiones if v.emision]
        for papel in papeles.values():
            if papel.estado == OBSOLETO:
                assert papel.hasta is not None
                assert papel.hasta <= dia
                assert not papel.sucesora or papeles[papel.sucesora].desde == papel.hasta


def _esperado(ficha: Ficha, vista: Situacion) -> dict[str, str]:
    """Ruta → resumen de lo que debe haber: la última regida, la que espera su fecha y el borrador."""
    base = carpeta(ficha)
    sin_efecto = {m.version for m in ficha.actos if m.acto == "dejar-sin-efecto"}
    regidas = [v for v in vista.versiones if v.emision and v.regida]
    lugares: list[tuple[str, Version]] = []
    if regidas and regidas[-1].version not in sin_efecto:
        lugares.append((base, regidas[-1]))
    lugares += [(f"{base}/por_regir", v) for v in vista.versiones if v.emision and not v.regida]
    if vista.abierta and vista.abierta.archivo:
        lugares.append((f"{base}/borrador", vista.abierta))
    return {f"{lugar}/{v.archivo}": v.sha256 for lugar, v in lugares}


TestCasa = Casa.TestCase
TestCasa.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
