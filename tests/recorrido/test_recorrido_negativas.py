"""Lo que el procedimiento no admite: fuera de orden, la persona equivocada, sin respaldo, con fechas imposibles."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest
from casa import PROCEDIMIENTO, Casa

NUEVA = "nueva-version PR-FOM-01 --motivo Cambio"
ELABORA = {"enviar": "cr1", "retirar": "cr1", "generar": "cr1", "entregar": "cr1", "descartar": "cr1"}
QUIEN = {
    **ELABORA,
    "revisar": "egt",
    "devolver": "egt",
    "aprobar": "dn",
    "dejar-sin-efecto": "dn",
    "mantener": "cr1",
}
ORDENES = {
    "nueva-version": "--motivo x",
    "generar": "",
    "entregar": "",
    "enviar": "",
    "retirar": "",
    "devolver": "--texto x",
    "revisar": "",
    "aprobar": "",
    "reabrir": "--motivo x",
    "remitir": "--oficio 1 --fecha-oficio 2025-03-10",
    "visar": "--oficio 2 --fecha-oficio 2025-03-10 --responde 1",
    "emitir": "",
    "mantener": "",
    "dejar-sin-efecto": "--motivo x",
    "descartar": "--motivo x",
}
ADMITE = {
    "vigente": {"nueva-version", "mantener", "dejar-sin-efecto"},
    "borrador": {"generar", "entregar", "enviar", "mantener", "descartar"},
    "en_revision": {"retirar", "devolver", "revisar", "mantener", "descartar"},
    "en_aprobacion": {"retirar", "devolver", "aprobar", "mantener", "descartar"},
    "aprobado": {"reabrir", "emitir", "mantener", "descartar"},
    "emitido": {"mantener"},
}
HASTA = {"en_revision": "enviar", "en_aprobacion": "revisar", "aprobado": "aprobar", "emitido": "aprobar"}


def llevar(casa: Casa, estado: str) -> None:
    if estado != "vigente":
        casa.hace(NUEVA)
    if estado in HASTA:
        casa.hasta("PR-FOM-01", HASTA[estado])
    if estado == "emitido":
        casa.hace("emitir PR-FOM-01 --vigente-desde 2025-06-01")


@pytest.mark.parametrize("estado", ADMITE)
def test_fuera_de_orden(casa: Casa, estado: str) -> None:
    """En cada estado, cada acto que no corresponde se niega, dice lo que sí se puede, y no cambia nada."""
    llevar(casa, estado)
    posibles = {p for f in casa.hace("estado PR-FOM-01") for p in f.get("posibles", ())}
    assert posibles == ADMITE[estado], posibles
    for acto in ORDENES.keys() - ADMITE[estado]:
        quien = "egt" if acto == "devolver" and estado != "en_aprobacion" else QUIEN.get(acto, "cdoc")
        error = casa.negada(f"{acto} PR-FOM-01 {ORDENES[acto]}", de=quien)
        assert error["clase"] in ("acto_no_permitido", "conflicto"), (acto, error)
        if estado != "emitido":
            assert error["hacer"], acto


@pytest.mark.parametrize(
    ("estado", "acto", "ajenas"),
    [
        ("vigente", "nueva-version", ("cr1", "egt", "dn", "aud")),
        ("vigente", "mantener", ("cdoc", "dn", "cr2")),
        ("vigente", "dejar-sin-efecto", ("cdoc", "cr1")),
        ("borrador", "enviar", ("cdoc", "egt", "dn")),
        ("borrador", "generar", ("cdoc", "cr2")),
        ("borrador", "entregar", ("cdoc", "aud")),
        ("borrador", "descartar", ("cdoc", "dn")),
        ("en_revision", "revisar", ("cr1", "ecal", "dn", "cdoc")),
        ("en_revision", "devolver", ("cr1", "dn", "cdoc")),
        ("en_revision", "retirar", ("egt", "cdoc")),
        ("en_aprobacion", "aprobar", ("cr1", "egt", "sdn", "cdoc")),
        ("en_aprobacion", "devolver", ("cr1", "egt")),
        ("aprobado", "emitir", ("cr1", "dn", "ofpa")),
        ("aprobado", "reabrir", ("cr1", "dn")),
    ],
)
def test_la_persona_equivocada(casa: Casa, estado: str, acto: str, ajenas: tuple[str, ...]) -> None:
    llevar(casa, estado)
    if acto == "entregar":
        casa.editar("PR-FOM-01", "Una frase nueva.")
    for ajena in ajenas:
        error = casa.negada(f"{acto} PR-FOM-01 {ORDENES[acto]}", de=ajena)
        assert error["clase"] == "acto_no_permitido"
        assert error["hacer"], error


class TestSegregacion:
    """Compara personas: ni quien escribió ni quien anotó por otro aprueba lo suyo."""

    def dos_en_planificacion(self, casa: Casa) -> None:
        """Una segunda persona en el cargo: el circuito tiene quien lo recorra."""
        archivo = casa.ruta("sgc.yaml")
        persona = "  - {correo: jplan@senopl.example, cargo: jplan, desde: '2020-01-01'}\n"
        otra = persona.replace("jplan@", "otra@")
        archivo.write_text(archivo.read_text("utf-8").replace(persona, persona + otra), "utf-8")
        casa.hace("configurar --motivo 'Segunda persona en el cargo'")

    def test_quien_elabora_no_revisa_aunque_tenga_el_cargo(self, casa: Casa) -> None:
        self.dos_en_planificacion(casa)
        codigo = casa.hace(
            "crear procedimiento --titulo x --area ATC --elabora jplan --revisa jplan --aprueba dn --datos",
            casa.adjunto("p.yaml", PROCEDIMIENTO.encode()),
        )["codigo"]
        casa.hace(f"enviar {codigo}", de="jplan")
        casa.negada(f"revisar {codigo}", de="jplan", dice="escribió el borrador")
        casa.hace(f"revisar {codigo}", de="otra")

    def test_un_circuito_que_nadie_podria_terminar_no_se_empieza(self, casa: Casa) -> None:
        codigo = casa.hace(
            "crear procedimiento --titulo x --area ATC --elabora egt --revisa egt --aprueba egt --datos",
            casa.adjunto("p.yaml", PROCEDIMIENTO.encode()),
        )["codigo"]
        casa.negada(f"enviar {codigo}", de="egt", dice="Encargado/a del Sistema Gestión Territorial")

    def test_quien_reviso_no_aprueba(self, casa: Casa) -> None:
        codigo = casa.hace(
            "crear procedimiento --titulo x --area ATC --elabora cr1 --revisa dn --aprueba dn --datos",
            casa.adjunto("p.yaml", PROCEDIMIENTO.encode()),
        )["codigo"]
        casa.hace(f"enviar {codigo}", de="cr1")
        casa.hace(f"revisar {codigo}", de="dn")
        casa.negada(f"aprobar {codigo}", de="dn", dice="ya intervino")

    def test_quien_anoto_el_envio_no_es_su_autor(self, casa: Casa) -> None:
        """Control documental anota el envío de cr1: autor es cr1, y puede anotar después la aprobación."""
        casa.hace(NUEVA)
        casa.hace("--como cr1@senopl.example enviar PR-FOM-01")
        casa.hace("revisar PR-FOM-01", de="egt")
        r = casa.hace("--como dn@senopl.example aprobar PR-FOM-01 --adjunto", casa.adjunto())
        assert r[0]["origen"] == "registrado_con_respaldo"

    def test_quien_escribio_no_anota_la_aprobacion_de_otra_persona(self, casa: Casa) -> None:
        """PR-SGC lo escribe control documental: no puede además registrar su aprobación."""
        codigo = casa.nuevo("SGC", elabora="cdoc")
        casa.hasta(codigo, "revisar", elabora="cdoc")
        respaldo = casa.adjunto()
        casa.negada(
            f"--como dn@senopl.example aprobar {codigo} --adjunto", respaldo, dice="escribió el borrador"
        )
        casa.hace(f"aprobar {codigo}", de="dn")

    def test_quien_escribio_antes_del_envio_sigue_siendo_autor(self, casa: Casa) -> None:
        """Escribió en subrogancia y envió el titular: al revisar, sigue siendo quien escribió."""
        self.dos_en_planificacion(casa)
        codigo = casa.hace(
            "crear procedimiento --titulo x --area ATC --elabora egt --revisa jplan --aprueba dn --datos",
            casa.adjunto("p.yaml", PROCEDIMIENTO.encode()),
        )["codigo"]
        casa.hace("subrogar egt --por jplan --desde 2025-03-01 --base 'Ley 18.834, artículo 80'")
        casa.editar(codigo, "Una frase de quien subroga.")
        casa.hace(f"entregar {codigo}", de="jplan")
        casa.hace(f"enviar {codigo}", de="egt")
        casa.negada(f"revisar {codigo}", de="jplan", dice="escribió el borrador")

    def test_una_excepcion_razonada_se_admite_y_se_muestra(self, casa: Casa) -> None:
        archivo = casa.ruta("sgc.yaml")
        tras = (
            "excepciones: [{documento: PR-ATC-01, regla: segregacion, motivo: Unidad de una sola persona}]\n"
        )
        archivo.write_text(archivo.read_text("utf-8") + tras, "utf-8")
        casa.hace("configurar --motivo Excepción")
        codigo = casa.hace(
            "crear procedimiento --titulo x --area ATC --elabora egt --revisa egt --aprueba dn --datos",
            casa.adjunto("p.yaml", PROCEDIMIENTO.encode()),
        )["codigo"]
        assert codigo == "PR-ATC-01"
        casa.hace(f"enviar {codigo}", de="egt")
        casa.hace(f"revisar {codigo}", de="egt")
        assert "Unidad de una sola persona" in str(casa.hace(f"historial {codigo}")[-1])
        assert "Unidad de una sola persona" in casa.dice(f"historial {codigo}")


class TestPorOtro:
    """`--como`: lo anota control documental, y las decisiones exigen respaldo."""

    def test_aprobar_por_otro_sin_adjunto(self, casa: Casa) -> None:
        llevar(casa, "en_aprobacion")
        casa.negada("--como dn@senopl.example aprobar PR-FOM-01", dice="respaldo")

    def test_revisar_por_otro_sin_adjunto(self, casa: Casa) -> None:
        llevar(casa, "en_revision")
        casa.negada("--como egt@senopl.example revisar PR-FOM-01", dice="respaldo")

    def test_solo_control_documental_anota_por_otro(self, casa: Casa) -> None:
        llevar(casa, "en_aprobacion")
        linea = "--como dn@senopl.example aprobar PR-FOM-01 --adjunto"
        casa.negada(linea, casa.adjunto(), de="egt", dice="no puede registrar")

    def test_un_respaldo_que_no_es_de_los_que_el_tipo_admite(self, casa: Casa) -> None:
        llevar(casa, "en_aprobacion")
        casa.negada(
            "--como dn@senopl.example aprobar PR-FOM-01 --adjunto",
            casa.adjunto("foto.png", b"x"),
            dice="resolución",
        )

    def test_por_alguien_que_no_existe(self, casa: Casa) -> None:
        llevar(casa, "en_aprobacion")
        casa.negada("--como x@y.cl aprobar PR-FOM-01 --adjunto", casa.adjunto(), dice="x@y.cl")

    def test_los_actos_del_sistema_no_se_hacen_por_otro(self, casa: Casa) -> None:
        casa.negada("--como dn@senopl.example externo verificar EX-01")


class TestFechas:
    """La fecha del acto es la que dice la evidencia: ni futura, ni anterior a lo ya ocurrido, ni sin prueba."""

    @pytest.mark.parametrize("fecha", ["2025-03-11", "11-03-2025", "2099-01-01"])
    def test_futura(self, casa: Casa, fecha: str) -> None:
        llevar(casa, "en_aprobacion")
        casa.negada(
            f"--como dn@senopl.example aprobar PR-FOM-01 --fecha {fecha} --adjunto",
            casa.adjunto(),
            dice="futura",
        )

    def test_anterior_al_ultimo_acto(self, casa: Casa) -> None:
        casa.reloj.dia("2025-03-20")
        llevar(casa, "en_aprobacion")
        linea = "--como dn@senopl.example aprobar PR-FOM-01 --fecha 2025-03-19 --adjunto"
        casa.negada(linea, casa.adjunto(), dice="20-03-2025")

    def test_distinta_de_hoy_sin_evidencia(self, casa: Casa) -> None:
        llevar(casa, "en_aprobacion")
        casa.reloj.dia("2025-03-14")
        casa.negada("aprobar PR-FOM-01 --fecha 2025-03-12", de="dn", dice="evidencia")

    def test_distinta_de_hoy_con_evidencia(self, casa: Casa) -> None:
        llevar(casa, "en_aprobacion")
        casa.reloj.dia("2025-03-14")
        casa.hace("--como dn@senopl.example aprobar PR-FOM-01 --fecha 12-03-2025 --adjunto", casa.adjunto())
        h = casa.hace("historial PR-FOM-01")[-1]
        assert (h["fecha"], h["registrado"][:10]) == ("2025-03-12", "2025-03-14")
        assert "2 días después" in casa.dice("historial PR-FOM-01")

    @pytest.mark.parametrize(
        "fecha", ["2025-02-30", "30-02-2025", "ayer", "2025/03/10", "20250310", "03-10-2025x", ""]
    )
    def test_que_no_es_una_fecha(self, casa: Casa, fecha: str) -> None:
        llevar(casa, "en_aprobacion")
        if fecha:
            casa.negada("aprobar PR-FOM-01 --fecha", fecha, de="dn", codigo=2, dice=fecha)
        else:
            assert casa.orden("aprobar PR-FOM-01 --fecha", fecha, de="dn").codigo in (0, 2)

    def test_la_vigencia_no_empieza_antes_de_emitir(self, casa: Casa) -> None:
        llevar(casa, "aprobado")
        casa.negada("emitir PR-FOM-01 --vigente-desde 2025-03-09", dice="09-03-2025")

    def test_emitir_con_vigencia_de_hoy_rige_hoy(self, casa: Casa) -> None:
        llevar(casa, "aprobado")
        assert casa.hace("emitir PR-FOM-01 --vigente-desde 2025-03-10")[0]["estado"] == "vigente"

    def test_el_reloj_adelantado_se_dice_y_hay_salida(self, casa: Casa) -> None:
        """Un año mal escrito: se avisa al anotarlo, `verificar` lo nombra, y la negativa dice cómo salir."""
        buena, respaldo = casa.reloj.hora, casa.raiz.parent / "respaldo"
        shutil.copytree(casa.raiz, respaldo)
        assert "Aviso" not in casa.dice("externo verificar EX-01")
        casa.reloj.dia("2099-01-05")
        dicho = casa.dice("externo verificar EX-01")
        assert "quedó con fecha 05-01-2099" in dicho
        assert "vuelva al último respaldo" in dicho
        assert casa.verificar()["avisos"] == []  # para este equipo, hoy es ese día
        casa.reloj.hora = buena
        for linea in ("externo verificar EX-01", "nueva-version PR-FOM-01 --motivo x"):
            salida = casa.orden(linea, json=False)
            assert salida.codigo in (1, 4), salida
            assert "vuelva al último respaldo anterior a él" in salida.avisos
        [aviso] = casa.verificar()["avisos"]
        assert "se anotó el 05-01-2099, 09:02, y para este equipo es el 10-03-2025" in aviso["mensaje"]
        Casa(respaldo, casa.reloj).hace("externo verificar EX-01")

    def test_el_reloj_atrasado_no_registra(self, casa: Casa) -> None:
        """Un acto anotado antes que el anterior no se podría verificar nunca más."""
        casa.reloj.dia("2025-02-01")
        casa.negada(NUEVA, dice="reloj")
        casa.negada("externo verificar EX-01", dice="reloj")
        casa.negada("registrar RG-GT-04 --fecha 2025-02-01 --ubicacion x", dice="reloj")
        casa.reloj.dia("2025-03-10")

    def test_la_medianoche_es_la_del_servicio(self, casa: Casa) -> None:
        """A las 23:30 de Chile ya es mañana en Londres: la fecha del acto es la de Chile."""
        casa.reloj.hora = datetime(2025, 3, 12, 2, 30, tzinfo=UTC)
        casa.hace(NUEVA)
        assert casa.hace("historial PR-FOM-01")[-1]["fecha"] == "2025-03-11"


class TestExigencias:
    """Lo que un acto no puede omitir."""

    @pytest.mark.parametrize(
        ("estado", "linea", "de", "dice"),
        [
            ("vigente", "nueva-version PR-FOM-01", "cdoc", "--motivo"),
            ("vigente", "nueva-version PR-FOM-01 --motivo '  '", "cdoc", "--motivo"),
            ("vigente", "dejar-sin-efecto PR-FOM-01", "dn", "--motivo"),
            ("borrador", "descartar PR-FOM-01", "cr1", "--motivo"),
            ("aprobado", "reabrir PR-FOM-01", "cdoc", "--motivo"),
            ("en_revision", "devolver PR-FOM-01", "egt", "--texto"),
            ("en_revision", "devolver PR-FOM-01 --texto '  '", "egt", "--texto"),
        ],
    )
    def test_falta_lo_que_pide(self, casa: Casa, estado: str, linea: str, de: str, dice: str) -> None:
        llevar(casa, estado)
        casa.negada(linea, de=de, dice=dice)

    def test_mas_secciones_que_observaciones(self, casa: Casa) -> None:
        llevar(casa, "en_revision")
        salida = casa.orden("devolver PR-FOM-01 --texto uno --seccion 1 --seccion 2", de="egt")
        assert salida.codigo == 2, "la segunda sección se perdería en silencio"

    def test_dejar_sin_efecto_con_un_borrador_abierto(self, casa: Casa) -> None:
        casa.hace(NUEVA)
        casa.negada("dejar-sin-efecto PR-FOM-01 --motivo x", de="dn", dice="versión 02")

    def test_una_sola_version_en_trabajo(self, casa: Casa) -> None:
        casa.hace(NUEVA)
        casa.negada(NUEVA, dice="versión 02")

    def test_con_una_version_por_regir_no_se_aconseja_lo_imposible(self, casa: Casa) -> None:
        llevar(casa, "emitido")
        error = casa.negada(NUEVA, dice="02")
        assert "descárt" not in error["hacer"], error["hacer"]


def test_lo_enviado_y_despues_tocado_no_se_firma(casa: Casa) -> None:
    """Alguien quita la marca de solo lectura y cambia el archivo: nadie firma otra cosa que lo enviado."""
    llevar(casa, "en_revision")
    archivo = casa.ruta("documentos/FOM/PR-FOM-01/borrador/PR-FOM-01_v02.docx")
    archivo.chmod(0o644)
    enviado = archivo.read_bytes()
    casa.editar("PR-FOM-01", "Esto no se revisó.")
    casa.negada("revisar PR-FOM-01", de="egt", dice="no es el que se envió")
    archivo.write_bytes(enviado)
    casa.hace("revisar PR-FOM-01", de="egt")
