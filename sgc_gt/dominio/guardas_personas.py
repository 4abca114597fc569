"""Guardas de personas: quién puede, en qué calidad, por quién anota y de quién debe ser distinto."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.caso import Caso, adjuntos, cargos_que_pueden, negar, ruta_de
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Paso
from sgc_gt.dominio.organizacion import SISTEMA, Investidura
from sgc_gt.errores import ActoNoPermitido

_SOLICITUD = "solicitud"
_ESCRIBEN = frozenset({"nueva-version", *tabla.AUTORIA})


def quien(caso: Caso) -> Investidura:
    """En qué calidad actúa la persona: titular del cargo que corresponde, o su subrogante registrado."""
    p = caso.pedido
    if caso.acto.quien == "sistema":
        if not caso.organizacion.conoce(p.correo):
            raise _desconocida(caso, "cualquier persona del servicio")
        return Investidura(SISTEMA, "titular")
    admitidos = cargos_que_pueden(caso)
    # La fecha de un registro es la suya, quizá de años antes: lo archiva quien hoy responde por su serie.
    dias = (p.fecha, p.registrado.date()) if p.acto == "registrar" else (p.fecha,)
    for dia, cargo in product(dias, admitidos):
        investidura = caso.organizacion.investidura(p.correo, cargo, dia)
        if investidura and p.cargo in ("", cargo):
            return investidura
    raise _rechazo_de_persona(caso, admitidos)


def _desconocida(caso: Caso, corresponde: str) -> ActoNoPermitido:
    p = caso.pedido
    por_otra = p.correo != p.registra
    return ActoNoPermitido(
        f"{p.correo} no figura entre las personas del servicio",
        lugar=p.codigo,
        esperado=corresponde,
        hacer="revise el correo dicho con --como, o agregue a esa persona en la configuración"
        if por_otra
        else "agréguela a las personas de la configuración, o use --como si anota el acto de otra persona",
    )


def _rechazo_de_persona(caso: Caso, admitidos: tuple[str, ...]) -> ActoNoPermitido:
    p, org = caso.pedido, caso.organizacion
    corresponde = org.nombres(admitidos)
    if not org.conoce(p.correo):
        return _desconocida(caso, corresponde)
    ejercidos = org.cargos_de(p.correo, p.fecha)
    if not ejercidos:
        mensaje = f"{p.correo} no ejercía ningún cargo el {imprimir_fecha(p.fecha)}"
    elif p.cargo and p.cargo not in ejercidos and p.cargo not in admitidos:
        mensaje = f"{p.correo} no ejercía el cargo «{org.nombre_cargo(p.cargo)}» el {imprimir_fecha(p.fecha)}"
    else:
        actua = (p.cargo,) if p.cargo else ejercidos
        mensaje = f"a {org.nombres(actua)} no le corresponde «{ETIQUETAS[p.acto]}»"
    return ActoNoPermitido(
        mensaje, lugar=p.codigo, esperado=corresponde, hacer=_a_quien_pedirlo(caso, admitidos)
    )


def _a_quien_pedirlo(caso: Caso, admitidos: tuple[str, ...]) -> str:
    """Quién debe hacerlo y, de cada cargo, quién le sigue en ausencia."""
    org = caso.organizacion
    if not admitidos:
        return "ningún cargo del servicio puede hacerlo: revise los cargos del documento en la configuración"
    siguen = dict.fromkeys(s for c in admitidos if c in org.cargos for s in org.cargos[c].subrogantes)
    partes = [f"debe hacerlo {org.nombres(admitidos, o=True)}", *_a_su_nombre(caso, admitidos)]
    if siguen:
        partes.append(
            f"en su ausencia le sigue {org.nombres(siguen, o=True)}, con una subrogancia registrada "
            "(sgc-gt subrogar)"
        )
    if caso.pedido.acto in _ESCRIBEN and _SOLICITUD in caso.servicio.tipos:
        # Una adecuación que ve un centro de responsabilidad entra como solicitud, nunca editando (I-25).
        partes.append(
            "si propone una adecuación, preséntela con: sgc-gt solicitar adecuacion "
            f"--documento {caso.pedido.codigo}"
        )
    return "; ".join(partes)


def _a_su_nombre(caso: Caso, admitidos: tuple[str, ...]) -> list[str]:
    """A control documental, que anota lo que otros hacen: cómo se dice de quién es el acto."""
    p, org = caso.pedido, caso.organizacion
    if p.correo != p.registra or not _registra_por_otros(caso):
        return []
    correos = dict.fromkeys(t.correo for c in admitidos for t in org.titulares(c, p.fecha))
    if not correos:
        return []
    como = next(iter(correos)) if len(correos) == 1 else "y su correo"
    return [f"si ya lo hizo, anótelo a su nombre con --como {como}"]


def _registra_por_otros(caso: Caso) -> bool:
    p = caso.pedido
    registradores = caso.servicio.con_rol("control_documental")
    return any(caso.organizacion.investidura(p.registra, c, p.registrado.date()) for c in registradores)


def por_otro(caso: Caso) -> None:
    """Solo control documental anota lo que hizo otra persona; y una decisión, solo con su respaldo."""
    p, org = caso.pedido, caso.organizacion
    if p.correo == p.registra:
        return
    registradores = caso.servicio.con_rol("control_documental")
    if not _registra_por_otros(caso):
        raise negar(
            caso,
            f"{p.registra} no puede registrar un acto de {p.correo}",
            f"que lo registre {org.nombres(registradores, o=True)}",
            "hágalo la propia persona, o pídalo a control documental",
        )
    if caso.acto.quien == "sistema":
        raise negar(
            caso,
            f"«{ETIQUETAS[p.acto]}» no se registra a nombre de otra persona",
            p.registra,
            "repita la orden sin --como",
        )
    if p.acto in tabla.CON_RESPALDO and not adjuntos(p.evidencia):
        raise negar(
            caso,
            f"«{ETIQUETAS[p.acto]}» por otra persona necesita un respaldo adjunto",
            "el documento firmado, la resolución o el oficio (--adjunto)",
            "adjunte el respaldo; sin él solo la propia persona puede hacerlo",
        )


def segregacion(caso: Caso) -> str:
    """Compara personas, no cargos: ni quien actúa ni quien anota escribió el borrador (N-04, I-41).

    Devuelve la razón de la excepción que hizo falta invocar; cadena vacía si no hizo falta ninguna.
    """
    choque = _choque(caso)
    if not choque:
        return ""
    excepcion = caso.excepcion("segregacion")
    if excepcion:
        return excepcion.motivo
    ajeno = caso.version is not None and caso.pedido.correo not in caso.version.autores
    debe = (
        "debe anotarlo la propia persona, con su usuario y sin --como"
        if ajeno and caso.pedido.correo != caso.pedido.registra
        else "debe hacerlo otra persona con el cargo"
    )
    raise negar(caso, choque, "una persona distinta", f"{debe}, o una excepción razonada en la configuración")


def _choque(caso: Caso) -> str:
    """Quién interviene dos veces donde debía ser otra persona; cadena vacía si nadie."""
    p, v, paso = caso.pedido, caso.version, caso.espera
    if v is None or paso is None:
        return ""
    este = f"«{ETIQUETAS[p.acto]}»"
    borrador = f"el borrador de la versión {v.version}" if v.version else "el borrador"
    for otro in paso.distinto_de:
        if otro != "elabora":
            if p.correo in v.actuaron(otro):
                return f"{p.correo} ya intervino en «{ETIQUETAS[otro]}»: no le corresponde además {este}"
            continue
        # Quien solo anota no decide: se le pide no ser autor, pero sí puede anotar varios pasos.
        if p.correo in v.autores:
            return f"{p.correo} escribió {borrador}: no le corresponde {este}"
        if p.registra in v.autores:
            return f"{p.registra} escribió {borrador}: no le corresponde registrar {este}"
    return ""


def alcanza_la_gente(caso: Caso) -> None:
    """Se envía solo lo que se puede terminar: cada paso de la ruta tiene hoy quien lo cumpla."""
    autores = (caso.version.autores if caso.version else frozenset()) | {caso.pedido.correo}
    exigir_gente(caso, ruta_de(caso), autores)


def exigir_gente(caso: Caso, pasos: Iterable[Paso], autores: frozenset[str]) -> None:
    """Cada uno de esos pasos tiene hoy quien lo cumpla y no sea de `autores`, si el paso lo pide."""
    cortos = [falta for paso in pasos if (falta := _falta_gente(caso, paso, autores))]
    if cortos:
        raise negar(
            caso,
            f"al circuito le falta gente: {'; '.join(cortos)}",
            "en cada paso, personas en ejercicio distintas de quien elabora",
            "complete los cargos del documento o las personas del servicio, o registre una subrogancia",
        )


def _falta_gente(caso: Caso, paso: Paso, escribieron: frozenset[str]) -> str:
    """Por qué el paso no se podrá cumplir; cadena vacía si se puede."""
    org, p = caso.organizacion, caso.pedido
    excepcion = caso.excepcion("segregacion")
    autores = frozenset() if excepcion or "elabora" not in paso.distinto_de else escribieron
    disponibles = {c: org.pueden_por(c, p.fecha) - autores for c in paso.cargos}
    personas = frozenset[str]().union(*disponibles.values())
    todos = paso.cuantos >= len(paso.cargos)
    if len(personas) >= paso.cuantos and not (todos and not all(disponibles.values())):
        return ""
    hay = f"hay {len(personas)}" if personas else "no hay nadie"
    pide = "una persona" if paso.cuantos == 1 else f"{paso.cuantos} personas"
    return f"«{ETIQUETAS[paso.acto]}» pide {pide} ({org.nombres(paso.cargos)}) y {hay}"


def una_vez(caso: Caso, investidura: Investidura) -> None:
    """En un paso cada persona cuenta una vez; si el paso pide a todos sus cargos, cada cargo también."""
    v, paso, org = caso.version, caso.espera, caso.organizacion
    if v is None or paso is None:
        return
    faltan = v.cargos_por_actuar()
    if caso.pedido.correo in v.en_este_paso():
        raise negar(
            caso,
            f"{caso.pedido.correo} ya cumplió este paso",
            "otra persona de las que el paso pide",
            f"falta que actúe {org.nombres(faltan or paso.cargos, o=True)}",
        )
    restan = paso.cuantos - len(v.firmas_del_paso())
    if paso.cuantos >= len(paso.cargos) and restan <= len(faltan) and investidura.cargo not in faltan:
        raise negar(
            caso,
            f"ya actuó {org.nombre_cargo(investidura.cargo)} en este paso, que pide a cada cargo",
            org.nombres(faltan),
            f"falta que actúe {org.nombres(faltan)}",
        )
